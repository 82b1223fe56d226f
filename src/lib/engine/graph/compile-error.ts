/** A step cannot be compiled. It can still run eagerly, so this is caught and made a warning. */
export class CompileError extends Error {
  override name = "CompileError";
}
