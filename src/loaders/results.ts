import {basename} from "node:path";
import reference from "../../data/reference-values.json" with {type: "json"};
import {bestOf} from "../lib/evaluation/best.js";
import {resolve} from "../lib/pipeline/index.js";
import {membersWithResults} from "../report/ensembles/members.js";
import {apart} from "../report/results/apart.js";
import {comparison} from "../report/results/compare.js";
import {type Contestant, ensembles, probes, withoutNetwork} from "../report/results/contestants.js";
import {correctedComparisons} from "../report/results/corrected.js";
import {evaluation} from "../report/results/evaluate.js";
import {present, presentComparison, presentRuns} from "../report/results/present.js";
import {publishedIntervals} from "../report/results/published-intervals.js";
import {predictions} from "../report/runs/run.js";
import {round} from "../report/shared/rounding.js";
import {attempt, each, titleOf} from "../report/shared/support.js";
import {commandOf} from "../lib/study/choose-dataset.js";
import {study} from "../study.js";
import type {CitedResult, ResultsArtifact, RunResult} from "../report/results/artifact.js";

/** Scores with intervals of every run, of what it has to beat, of ensembles and of others, and who is ahead of whom. */
export default async function (): Promise<ResultsArtifact> {
  const contestants = study.runs.map((run) => ({
    ...{run: run.id, title: titleOf(run), evaluation: evaluation({study, run}), predictions: predictions({study, run})}
  }));
  const found = await scored(contestants);
  const runs = presentRuns(
    study.runs,
    found.map(({result}) => result)
  );
  const others = {
    ensembles: await scored(
      ensembles(
        study,
        (await membersWithResults()).map(({run}) => run)
      )
    ),
    probe: await scored(probes(study)),
    baselines: await scored(withoutNetwork(study))
  };
  const leaders = found.filter((_, i) => runs[i].leads);
  return {
    runs,
    planned: await planned(contestants),
    probe: others.probe.map(({result}) => result),
    baselines: others.baselines.map(({result}) => result),
    ensembles: others.ensembles.map(({result}) => result),
    comparisons: await comparisons(leaders, Object.values(others).flat()),
    cited: study.dataset.name === "covidx" ? await cited() : []
  };
}

/** A classifier with its scores. */
type Scored = Contestant & {result: RunResult};

/** Those that have a result. */
const scored = (contestants: readonly Contestant[]): Promise<Scored[]> =>
  each(
    contestants,
    ({evaluation}) => evaluation,
    (result, one) => ({...one, result: present(one, result)})
  );

/** Those that have none, and what they need. */
async function planned(contestants: readonly Contestant[]): Promise<ResultsArtifact["planned"]> {
  const {dataset} = study;
  // No path of this machine is published.
  const named = dataset.name === "folder" ? {...dataset, path: basename(dataset.path)} : dataset;
  const found: ResultsArtifact["planned"] = [];
  for (const {run, title, evaluation} of contestants) {
    const result = await attempt(evaluation);
    if ("missing" in result)
      found.push({run, title, needs: result.missing, command: commandOf(named, "study", `--only ${evaluation.id}`)});
  }
  return found;
}

/** The leader that is best on validation against all others. */
async function comparisons(leaders: readonly Scored[], others: readonly Scored[]) {
  const first = bestOf(leaders.map(({result}) => result));
  const best = leaders.find(({result}) => result === first);
  if (!best) return [];
  const against = [...leaders, ...others].filter((one) => one !== best);
  const a = best.predictions;
  const nodes = against.map(({predictions}) => predictions);
  const {value: corrected} = await resolve(correctedComparisons({study, table: "results", a, others: nodes}));
  return Promise.all(
    against.map(async (other, i) => {
      const pair = {study, a, b: other.predictions};
      const {value: rows} = await resolve(apart(pair));
      return presentComparison([best, other], await resolve(comparison(pair)), {corrected, i, rows});
    })
  );
}

/** Figures that were published elsewhere, with the scores that follow from the published confusion matrix. */
const cited = (): Promise<CitedResult[]> =>
  each(
    reference.results,
    (figures) => publishedIntervals({study, figures}),
    ({value}, {id, title, source, note, split, images}) => ({
      ...{id, title, source, note, split, images},
      accuracy: round(value.accuracy.value),
      macroF1: round(value.macroF1.value),
      weightedF1: round(value.weightedF1.value)
    })
  );
