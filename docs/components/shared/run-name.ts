import type {RunSummary, StudyArtifact} from "../../../src/report/study/artifact.js";
import type {StudyResult} from "../../../src/report/results/artifact.js";

const from = ({start}: Pick<RunSummary, "start">): string => `from ${start === "random" ? "random weights" : start}`;

/** A run that has a result in a sentence: "Xception from ImageNet", with its seed where others differ in it alone. */
export function runName(run: RunSummary, runs: readonly RunSummary[]): string {
  const alike = runs.filter((other) => other.available && nameOf(other) === nameOf(run));
  return `${run.network} ${from(run)}${alike.length > 1 ? `, seed ${run.seed}` : ""}`;
}

const nameOf = ({network, start, fraction}: RunSummary): string => JSON.stringify([network, start, fraction]);

/** Runs under their network, start and seed alone, which is enough where no two of those shown have these in common. */
export function shortTitles(shown: readonly StudyResult[], {runs}: Pick<StudyArtifact, "runs">): StudyResult[] {
  const short = shown.map((result) => {
    const run = runs.find(({id}) => id === result.run)!;
    const repeated = runs.some((other) => other !== run && other.available && nameOf(other) === nameOf(run));
    return `${run.network}, ${run.start}${repeated ? `, seed ${run.seed}` : ""}`;
  });
  const unique = (title: string) => short.filter((other) => other === title).length === 1;
  return shown.map((result, i) => (unique(short[i]) ? {...result, title: short[i]} : result));
}
