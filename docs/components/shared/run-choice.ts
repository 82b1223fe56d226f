import type {FileAttachment} from "observablehq:stdlib";

interface Named {
  run: string;
  title: string;
}

/** Runs to choose from, and what is known of the one that is shown first; of the others another file knows it. */
export interface Choices<T extends Named> {
  runs: Named[];
  first: T | null;
}

/** What `Inputs.select` needs to offer the runs, the first one chosen. */
export const runOptions = <T extends Named>({runs, first}: Choices<T>) => ({
  label: "Run",
  format: ({title}: Named) => title,
  value: runs.find(({run}) => run === first?.run)
});

/** What is known of the chosen run; the other file is loaded only for one that is not the first. */
export async function chosenRun<T extends Named>(
  choice: Named | null,
  {first}: Choices<T>,
  rest: Pick<FileAttachment, "json">
): Promise<T | null> {
  if (!choice || choice.run === first?.run) return first;
  const {runs} = await rest.json<{runs: T[]}>();
  return runs.find(({run}) => run === choice.run) ?? null;
}
