import {unreadKind} from "./kind.js";
import {damaged, Refusal} from "./refusal.js";

/** What libvips and its codecs say of what they have not learnt, such as arithmetic coding or 12 bits in a JPEG. */
const rare = [
  /unsupported (?!image format)|not supported|not implemented|not configured/i,
  /out of range|whole number of bytes|bad labq/i
];

const explain = (error: Error) =>
  rare.some((words) => words.test(error.message))
    ? new Refusal("stored in a rare way that is not read: save it as PNG of 8 or 16 bits", error)
    : damaged(error);

/** Why a file's header could not be read: it is of another kind, or damaged. */
export async function headerRefusal(error: Error, bytes: Uint8Array): Promise<Refusal> {
  const kind = await unreadKind(bytes);
  return kind ? new Refusal(kind, error) : explain(error);
}

/** Throws why pixels could not be decoded, as a `Refusal`. */
export function throwExplained(error: Error): never {
  throw explain(error);
}
