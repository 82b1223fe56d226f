import {z} from "zod";
import {UserError} from "../support/errors.js";

const text = z.string().min(1);
const identifier = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "use lower-case letters and digits, joined by dashes");
/** A number with the digits of its source, which a JavaScript number would lose (98.70). */
const printed = z.string().regex(/^-?\d+(\.\d+)?$/, 'give the number as printed, as text such as "0.70"');
/** One number, or one for each seed, of which the mean is meant; null where the source prints the difference alone. */
const score = z.union([printed, z.array(printed).min(2), z.null()]);

const proof = {
  /** The table, figure, file and cell. */
  where: text,
  /** The page or file that was read. */
  address: z.url(),
  /** What stands there around the numbers. */
  quote: z.array(text.refine((words) => words.split(/\s+/).length <= 25, "quote at most 25 words")).min(1)
};

const interval = z.discriminatedUnion("kind", [
  z.strictObject({kind: z.literal("none")}),
  z.strictObject({kind: z.literal("sd"), with: printed, without: printed, over: text}),
  z.strictObject({kind: z.literal("half-width-95"), with: printed, without: printed, over: text}),
  /** Of the difference. */
  z.strictObject({kind: z.literal("ci-95"), low: printed, high: printed})
]);

const source = z
  .strictObject({
    author: text,
    year: z.int().min(1990).max(2100).nullable(),
    title: text,
    doi: text.optional(),
    arxiv: text.optional(),
    url: z.url().optional(),
    kind: z.enum(["paper", "manuscript"])
  })
  .refine(({doi, arxiv, url}) => doi ?? arxiv ?? url, "name a doi, an arXiv number or an address");

const entry = z.strictObject({
  id: identifier,
  source: identifier,
  panel: identifier,
  dataset: text,
  task: text,
  network: text,
  /** What is trained after the start. */
  training: text,
  trainingSize: text.nullable(),
  /** Test images or patients. */
  n: text.nullable(),
  /** The two starts, where the panel's words are too wide. */
  compared: z.strictObject({with: text, without: text}),
  sameNetwork: z.boolean(),
  unit: z.enum(["fraction", "percent"]),
  /** Whether a gain in percent is one in points, or may be relative for all that the source says. */
  reading: z.enum(["points", "unclear"]),
  with: score,
  without: score,
  difference: printed,
  interval,
  ...proof,
  note: text.optional()
});

const schema = z
  .strictObject({
    what: text,
    panels: z.record(identifier, z.strictObject({with: text, without: text, metric: text})),
    sources: z.record(identifier, source),
    entries: z.array(entry),
    /** What was known of shortcuts before. */
    background: z.array(
      z.strictObject({
        id: identifier,
        author: text,
        year: z.int(),
        doi: text.optional(),
        arxiv: text.optional(),
        fact: text,
        ...proof
      })
    ),
    /** Looked for, without a figure in what could be read. */
    unreached: z.array(z.strictObject({id: text, title: text, tried: text}))
  })
  .superRefine(({entries, panels, sources}, context) => {
    entries.forEach((one, i) => {
      const complain = (field: string, message: string) =>
        context.addIssue({code: "custom", path: ["entries", i, field], message: `${one.id}: ${message}`});
      if (!(one.panel in panels)) complain("panel", `no panel is called ${one.panel}`);
      if (!(one.source in sources)) complain("source", `no source is called ${one.source}`);
      if (entries.findIndex(({id}) => id === one.id) < i) complain("id", "another entry has this id");
      if (entries.findIndex((other) => cell(other) === cell(one)) < i) complain("with", "another entry has this cell");
      if ((one.with === null) !== (one.without === null)) complain("with", "give both scores or neither");
      const wrong = inconsistency(one);
      if (wrong) complain("difference", wrong);
      const missing = printedNumbers(one).filter((number) => !one.quote.some((words) => has(words, number)));
      if (missing.length) complain("quote", `${missing.join(", ")} does not stand in what is quoted`);
    });
  });

export type Evidence = z.infer<typeof schema>;
export type EvidenceEntry = z.infer<typeof entry>;

/**
 * Published estimates of what pretraining adds on chest radiographs, checked: every number stands in what is quoted,
 * every difference is that of its two scores.
 *
 * @throws UserError that names the place of everything that does not fit.
 */
export function readEvidence(content: unknown): Evidence {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UserError(`The published estimates do not fit:\n${z.prettifyError(parsed.error)}`, {
    hint: "Correct data/evidence.json at these places."
  });
}

/** The gain of an entry between -1 and 1, whatever unit its source prints. */
export const gain = ({difference, unit}: Pick<EvidenceEntry, "difference" | "unit">) =>
  Number(difference) / (unit === "percent" ? 100 : 1);

/** Why the difference is not that of the two scores, within half a unit of the last digit of each number. */
function inconsistency({with: a, without: b, difference}: EvidenceEntry): string | undefined {
  if (a === null || b === null) return;
  const expected = mean(a) - mean(b);
  const slack = [a, b, difference].reduce((sum, number) => sum + halfUnit(number), 1e-9);
  if (Math.abs(expected - Number(difference)) <= slack) return;
  return `${difference} is not the difference of the scores, ${expected.toFixed(4)}`;
}

/** Numbers that the source itself must show: a difference of two shown scores may be computed. */
function printedNumbers({with: a, without: b, difference, interval}: EvidenceEntry): string[] {
  const numbers = a === null || b === null ? [difference] : [a, b].flat();
  return [...numbers, ...Object.values(interval).filter((end) => printed.safeParse(end).success)];
}

/** What makes an entry the same as another: one comparison of one source. */
const cell = (one: EvidenceEntry) =>
  JSON.stringify([one.source, one.panel, one.dataset, one.compared, one.training, one.trainingSize, one.network]);

const mean = (value: string | string[]) => {
  const numbers = [value].flat().map(Number);
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
};

const halfUnit = (value: string | string[]) => 0.5 * 10 ** -([value].flat()[0].split(".")[1]?.length ?? 0);

/** Whether the number stands in the words, and not as a part of a longer number. */
const has = (words: string, number: string) =>
  new RegExp(`(?<![\\d.])${number.replace("-", "").replaceAll(".", "\\.")}(?!\\d|\\.\\d)`).test(words);
