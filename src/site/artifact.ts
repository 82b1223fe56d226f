/** What a loader makes: text, bytes, or anything that JSON can say. */
export type Artifact = string | Uint8Array | object;
/** The values of a shim's route parameters: `[run].json.ts` has `run`. */
export type Params = Readonly<Record<string, string>>;
/** What a module in `src/loaders` exports. */
export type Loader = (params: Params) => Artifact | Promise<Artifact>;

/** The bytes of an artifact. In JSON, typed arrays become arrays, and NaN and infinities become null. */
export function encode(artifact: Artifact): Uint8Array {
  if (typeof artifact === "string") return Buffer.from(artifact);
  if (artifact instanceof Uint8Array) return artifact;
  if (typeof artifact !== "object" || artifact === null) throw new Error(`A loader returned ${String(artifact)}.`);
  const plain = (_: string, value: unknown) =>
    ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
  return Buffer.from(JSON.stringify(artifact, plain));
}

/** Where `emit` takes its parameters from and hands its artifact to. */
export interface Exchange {
  params: Params;
  receive(bytes: Uint8Array): void | Promise<void>;
}
let current: Exchange | undefined;

/** The exchange that `collect` has set up in this process, if any. */
export const exchange = (): Exchange | undefined => current;

/** Runs a shim in this process and returns the bytes that it emits. One at a time. */
export async function collect(params: Params, runShim: () => Promise<unknown>): Promise<Uint8Array> {
  if (current) throw new Error("Shims run one after the other.");
  let emitted: Uint8Array | undefined;
  current = {params, receive: (bytes) => void (emitted = bytes)};
  try {
    await runShim();
  } finally {
    current = undefined;
  }
  if (!emitted) throw new Error("The shim did not await emit(load).");
  return emitted;
}
