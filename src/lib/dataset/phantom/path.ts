import type {PhantomRequest} from "./draw.js";

/** Raised when a phantom of the same request would look different: part of its path, and so of every digest. */
export const phantomRevision = 1;

/** A phantom's virtual path says all that drawing it takes: "phantom:1/label/seed/size/plain". */
export const phantomPath = ({seed, label, size, marker}: PhantomRequest) =>
  `phantom:${phantomRevision}/${label}/${seed}/${size}/${marker ? "marked" : "plain"}`;

/** What a virtual path asks for; null for the path of a file. */
export function parsePhantomPath(path: string): Required<PhantomRequest> | null {
  const match = /^phantom:\d+\/(\d+)\/(\d+)\/(\d+)\/(marked|plain)$/.exec(path);
  if (!match) return null;
  const [label, seed, size] = match.slice(1, 4).map(Number);
  return {label, seed, size, marker: match[4] === "marked"};
}
