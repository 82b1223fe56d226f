/**
 * A failure that the person at the keyboard can do something about. The command line prints its message and hint
 * without a stack trace; anything else is a bug and is printed whole.
 */
export class UserError extends Error {
  /** What to do about it: one sentence, usually a command. */
  readonly hint?: string;

  constructor(message: string, {hint, cause}: {hint?: string; cause?: unknown} = {}) {
    super(hint ? `${message}\n  ${hint}` : message, {cause});
    this.name = "UserError";
    this.hint = hint;
  }
}
