import {UserError} from "../support/errors.js";
import type {OnProgress} from "../support/progress.js";
import {concurrently, defaultConcurrency} from "./concurrently.js";
import type {Fit} from "./decode.js";
import {decodeGrey, UnreadableImage} from "./decode.js";
import {toRows} from "./rows.js";
import type {Example, Pixels, Problem, Split} from "./types.js";
import {splits} from "./types.js";

/** The share of a split's images that may be missing or unreadable before it is an error. */
export const toleratedShare = 0.01;

export interface ReadOptions {
  size: number;
  fit?: Fit;
  onProgress?: OnProgress;
  /** Images under way at once. */
  concurrency?: number;
  /** What to do where too many cannot be read. */
  remedy?: string;
  /** Images that are no radiographs: any number of them may be refused. */
  anyRefused?: boolean;
}

/**
 * Decodes images into one array, in the order given. Images that are missing, empty or unreadable are left out and
 * reported, and what is remarkable about others; more than 1% of a split is a `UserError`, unless any number may be.
 * The result does not depend on the concurrency.
 */
export async function readPixels(
  examples: readonly Example[],
  {size, fit = "crop", onProgress, concurrency = defaultConcurrency, remedy, anyRefused}: ReadOptions
): Promise<{pixels: Pixels; problems: Problem[]; notes: {file: string; note: string}[]}> {
  const area = size * size;
  const data = new Uint8Array(examples.length * area);
  const reasons = new Map<number, string>();
  const remarks = examples.map((): readonly string[] => []);
  await forEachImage(examples, {onProgress, concurrency}, async (example, i) => {
    try {
      const {pixels, notes} = await decodeGrey(example, size, fit);
      data.set(pixels, i * area);
      remarks[i] = notes;
    } catch (error) {
      reasons.set(i, reasonOf(error));
    }
  });
  const problems = listProblems(examples, reasons);
  if (!anyRefused) refuseTooMany(examples, problems, remedy);
  const notes = remarks.flatMap((said, i) => said.map((note) => ({file: examples[i].id.file, note})));
  return {pixels: pack(examples, reasons, size, data), problems, notes};
}

/** Moves the images that were read together, over the gaps of those that were not. */
function pack(examples: readonly Example[], reasons: Map<number, string>, size: number, data: Uint8Array): Pixels {
  const area = size * size;
  const kept = examples.map((_, i) => i).filter((i) => !reasons.has(i));
  kept.forEach((from, to) => from > to && data.copyWithin(to * area, from * area, (from + 1) * area));
  return {
    size,
    rows: toRows(kept.map((i) => examples[i].row)),
    labels: Int32Array.from(kept, (i) => examples[i].label),
    data: kept.length < examples.length ? data.slice(0, kept.length * area) : data
  };
}

/** Visits examples side by side and reports how many are done. */
export async function forEachImage(
  examples: readonly Example[],
  {onProgress, concurrency}: Pick<ReadOptions, "onProgress" | "concurrency">,
  visit: (example: Example, index: number) => Promise<void>
): Promise<void> {
  let done = 0;
  const report = () => onProgress?.({done, total: examples.length, unit: "images"});
  const step = Math.max(1, Math.round(examples.length / 100));
  await concurrently(
    examples.length,
    async (i) => {
      await visit(examples[i], i);
      if (++done % step === 0 || done === examples.length) report();
    },
    concurrency
  );
}

/** Why an image was left out. Anything but an unreadable image is a bug and is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableImage) return error.reason;
  throw error;
}

/** Problems in the order of the examples; entry i of `reasons` is about example i. */
export const listProblems = (examples: readonly Example[], reasons: ReadonlyMap<number, string>): Problem[] =>
  [...reasons]
    .sort(([a], [b]) => a - b)
    .map(([i, reason]) => {
      const {split, row, id, label} = examples[i];
      return {split, row, file: id.file, label, reason};
    });

/** Throws `UserError` naming the first few if more than 1% of a split's images had to be left out. */
export function refuseTooMany(
  examples: readonly Example[],
  problems: readonly Problem[],
  remedy = "Replace or remove these files."
): void {
  for (const split of splits) {
    const total = examples.filter((example) => example.split === split).length;
    const left = problems.filter((problem) => problem.split === split);
    if (left.length <= toleratedShare * total) continue;
    throw new UserError(tooMany(split, left, total), {hint: remedy});
  }
}

function tooMany(split: Split, problems: readonly Problem[], total: number): string {
  const first = problems.slice(0, 5).map(({file, reason}) => `    ${file}: ${reason}`);
  const rest = problems.length > first.length ? [`    and ${problems.length - first.length} more`] : [];
  const share = ((100 * problems.length) / total).toFixed(1);
  return [
    `${problems.length} of ${total} ${split} images (${share}%) cannot be read; more than 1% is too many:`,
    ...first,
    ...rest
  ].join("\n");
}
