/** Why an image cannot be used, without its path: "cut short or damaged", "1 x 1 pixels: ...". */
export class Refusal extends Error {
  constructor(
    readonly reason: string,
    cause?: unknown
  ) {
    super(reason, {cause});
    this.name = "Refusal";
  }
}

/** An image that cannot be used, and why. */
export class UnreadableImage extends Error {
  constructor(
    readonly path: string,
    readonly reason: string,
    cause?: unknown
  ) {
    super(`${path}: ${reason}`, {cause});
    this.name = "UnreadableImage";
  }
}

/** The one word for damage, wherever a decoder meets it. */
export const damaged = (cause?: unknown) => new Refusal("cut short or damaged", cause);
