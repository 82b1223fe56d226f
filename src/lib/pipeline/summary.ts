/** What came of one result of a study. */
export interface Outcome {
  id: string;
  status: "computed" | "store" | "published" | "failed" | "skipped" | "interrupted";
  /** Why it was not run here or failed. */
  message?: string;
  /** What a skipped one waits for, at the beginning of the chain. */
  root?: string;
  /** What its stage found to be wrong with the result itself. */
  warning?: string;
}

/** What a terminal shows at once, less what a command says besides. */
const screen = {lines: 16, columns: 80};

/**
 * What came of a study, on one screen however many results it has: how many of each kind, each failure once with how
 * many results wait for it, and what is not sound.
 */
export function summarise(
  outcomes: readonly Outcome[],
  {published, interrupted}: {published: number; interrupted: boolean}
): string {
  const countOf = (status: Outcome["status"]) => outcomes.filter((outcome) => outcome.status === status).length;
  const counts: [number, string][] = [
    [countOf("computed"), "computed"],
    [countOf("store"), "already in the store"],
    [countOf("published"), "published earlier"],
    [countOf("failed"), "failed"],
    [countOf("skipped"), "skipped"],
    [countOf("interrupted"), "not computed yet"]
  ];
  return [
    `${inWords(outcomes.length, "result")}: ${counts.flatMap(([n, what]) => (n ? [`${n} ${what}`] : [])).join(", ")}.`,
    ...asManyAsFit(groups(outcomes)),
    ...(published > 0 ? [`${inWords(published, "result")} in the published folder.`] : []),
    ...(interrupted ? ["Interrupted: the same command continues."] : [])
  ].join("\n");
}

const inWords = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/**
 * Outcomes with something to say, those of one message together: failures first, then what is not sound, then the rest.
 */
function groups(outcomes: readonly Outcome[]): string[] {
  const titles = new Map<string, {ids: string[]; kind: string; message: string}>();
  const add = (kind: string, id: string, message: string) => {
    const key = `${kind}: ${message}`;
    const group = titles.get(key) ?? {ids: [], kind, message};
    group.ids.push(id);
    titles.set(key, group);
  };
  for (const {id, status, message} of outcomes) if (message && status === "failed") add("failed", id, message);
  for (const {id, warning} of outcomes) if (warning) add("not sound", id, warning);
  for (const {id, status, message} of outcomes) if (message && status !== "failed") add(status, id, message);
  return [...titles.values()].map(({ids, kind, message}) => {
    const waiting = outcomes.filter(({root}) => root !== undefined && ids.includes(root)).length;
    const more = ids.length > 1 ? ` and ${ids.length - 1} more` : "";
    const wait = waiting > 0 ? `\n    ${inWords(waiting, "result")} ${waiting === 1 ? "waits" : "wait"} for it.` : "";
    return `  ${kind}: ${ids[0]}${more}: ${message.replaceAll("\n", "\n  ")}${wait}`;
  });
}

/** Texts in order, up to where the screen is full; of the others, how many there are. */
function asManyAsFit(texts: readonly string[]): string[] {
  let [lines, shown] = [0, 0];
  while (shown < texts.length) {
    lines += heightOf(texts[shown]);
    if (lines > screen.lines && shown > 0) break;
    ++shown;
  }
  const left = texts.length - shown;
  return [...texts.slice(0, shown), ...(left > 0 ? [`  and ${inWords(left, "other reason")}.`] : [])];
}

const heightOf = (text: string) =>
  text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / screen.columns)), 0);
