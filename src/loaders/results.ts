import {basename} from "node:path";
import {bestOf} from "../lib/evaluation/best.js";
import {holmWithin} from "../lib/evaluation/holm.js";
import type {evaluate, Predictions} from "../lib/evaluation/evaluate.js";
import {argmax} from "../lib/evaluation/predictions.js";
import {architecture} from "../lib/models/registry.js";
import {resolve} from "../lib/pipeline/index.js";
import type {Node} from "../lib/pipeline/types.js";
import type {Run} from "../lib/study/schema.js";
import {commandOf} from "../lib/study/choose-dataset.js";
import {repetitions} from "../lib/study/twins.js";
import {baseline, baselineEvaluation, baselines, type Baseline} from "../stages/baselines.js";
import {comparison} from "../stages/compare.js";
import {ensemble, ensembleEvaluation, ways} from "../stages/ensemble.js";
import {evaluation} from "../stages/evaluate.js";
import {probe, probedModels, probeEvaluation} from "../stages/probe.js";
import {predictions} from "../stages/run.js";
import {study} from "../study.js";
import {membersWithResults} from "./ensemble-members.js";
import {inEveryBuild} from "./in-every-build.js";
import {pageOf} from "./network-pages.js";
import {present} from "./present.js";
import {cited} from "./reference-values.js";
import {round, shorten} from "./rounding.js";
import {attempt, sourceOf, startOf, titleOf} from "./support.js";
import type {Comparison, ResultsArtifact, RunResult, StudyResult} from "./types.js";
import {wayTitles} from "./way-titles.js";

/** One that has predicted the test images, and where its scores and predictions come from. */
interface Contestant {
  run: string;
  title: string;
  evaluation: Node<ReturnType<typeof evaluate>>;
  predictions: Node<Predictions>;
}
type Presented<R extends RunResult> = {result: R; predictions: Node<Predictions>};

const baselineTitles: Record<Baseline, string> = {
  prior: "Shares of the classes, whatever the image",
  thumbnail: "Logistic regression on a thumbnail of 16 × 16 pixels",
  metadata: "Logistic regression on aspect ratio, size and mean brightness"
};

/** Scores with intervals of every run, of what it has to beat, of ensembles and of others, and who is ahead of whom. */
export default async function (): Promise<ResultsArtifact> {
  const {runs, planned} = await studyResults();
  const probes = await results(probedModels(study).map(probeContestant));
  const trivial = await results(baselines.map(baselineContestant));
  const ensembles = await results(ensembleContestants((await membersWithResults()).map(({run}) => run)));
  const leaders = runs.filter(({result}) => result.leads);
  return {
    runs: runs.map(({result}) => result),
    planned,
    probe: probes.map(({result}) => result),
    baselines: trivial.map(({result}) => result),
    ensembles: ensembles.map(({result}) => result),
    comparisons: await comparisons([...leaders, ...ensembles, ...probes, ...trivial], leaders),
    cited: study.dataset.name === "covidx" ? cited : []
  };
}

/** The results of those that have any. */
async function results(contestants: Contestant[]): Promise<Presented<RunResult>[]> {
  const found: Presented<RunResult>[] = [];
  for (const {run, title, evaluation, predictions} of contestants) {
    const result = await attempt(evaluation);
    if ("value" in result) found.push({result: present({run, title}, result), predictions});
  }
  return found;
}

async function studyResults() {
  const runs: Presented<StudyResult>[] = [];
  const planned: ResultsArtifact["planned"] = [];
  const {dataset} = study;
  // No path of this machine is published.
  const named = dataset.name === "folder" ? {...dataset, path: basename(dataset.path)} : dataset;
  for (const run of study.runs) {
    const [id, title, node] = [run.id, titleOf(run), evaluation({study, run})];
    const result = await attempt(node);
    if ("missing" in result) {
      planned.push({run: id, title, needs: result.missing, command: commandOf(named, "study", `--only ${node.id}`)});
      continue;
    }
    const place = {model: run.model, start: startOf(run), page: pageOf(run.model), fraction: run.fraction};
    const leads = {leads: false, leadsNetwork: false};
    runs.push({
      result: {...present({run: id, title}, result), ...place, ...leads},
      predictions: predictions({study, run})
    });
  }
  for (const group of repetitions(study)) {
    const found = runs.map(({result}) => result).filter(({run}) => group.some(({id}) => id === run));
    const best = bestOf(found);
    if (best) best.leads = true;
  }
  for (const model of new Set(study.runs.map(({model}) => model))) {
    const best = bestOf(runs.map(({result}) => result).filter((result) => result.model === model));
    if (best) best.leadsNetwork = true;
  }
  return {runs, planned};
}

const probeContestant = (model: string): Contestant => ({
  run: `probe-${model}`,
  title: `${architecture(model).title}, linear probe`,
  evaluation: probeEvaluation({study, model}),
  predictions: probe({study, model})
});

const baselineContestant = (name: Baseline): Contestant => ({
  run: `baseline-${name}`,
  title: baselineTitles[name],
  evaluation: baselineEvaluation({study, baseline: name}),
  predictions: baseline({study, baseline: name})
});

/** The ensembles of at least two whose weights do not come from the test images. */
function ensembleContestants(members: readonly Run[]): Contestant[] {
  if (members.length < 2) return [];
  return ways
    .filter((way) => way !== "on-test")
    .map((way) => ({
      run: `ensemble-${way}`,
      title: wayTitles[way],
      evaluation: ensembleEvaluation({study, members, way}),
      predictions: ensemble({study, members, way})
    }));
}

/** The leader that is best on validation against all others. */
async function comparisons(
  all: Presented<RunResult>[],
  leaders: Presented<StudyResult>[]
): Promise<ResultsArtifact["comparisons"]> {
  if (!leaders.length) return [];
  const first = bestOf(leaders.map(({result}) => result));
  const best = leaders.find(({result}) => result === first)!;
  const others = all.filter((other) => other !== best);
  const compared: Omit<Comparison, "holm">[] = [];
  for (const other of others) compared.push(await presentComparison(best, other));
  // What this machine has besides must not decide about what every build compares.
  const isOfFamily = others.map((other) => inEveryBuild(best.predictions) && inEveryBuild(other.predictions));
  const corrected = {
    macroF1: holmWithin(compared.map(({macroF1}) => macroF1.p), isOfFamily), // prettier-ignore
    mcnemar: holmWithin(compared.map(({mcnemar}) => mcnemar.p), isOfFamily) // prettier-ignore
  };
  return compared.map((one, i) => ({
    ...one,
    holm: {macroF1: round(corrected.macroF1[i]), mcnemar: round(corrected.mcnemar[i])}
  }));
}

async function presentComparison(a: Presented<RunResult>, b: Presented<RunResult>): Promise<Omit<Comparison, "holm">> {
  const result = await resolve(comparison({study, a: a.predictions, b: b.predictions}));
  const {accuracy, macroF1, weightedF1, mcnemar} = result.value;
  const named = ({result: {run, title}}: Presented<RunResult>) => ({run, title});
  return {
    a: named(a),
    b: named(b),
    accuracy: shorten(accuracy),
    macroF1: shorten(macroF1),
    weightedF1: shorten(weightedF1),
    mcnemar: {onlyA: mcnemar.table[0][1], onlyB: mcnemar.table[1][0], p: round(mcnemar.p)},
    apart: await apart(a.predictions, b.predictions),
    source: sourceOf(result)
  };
}

/** The rows of the images that only one of two classifiers gets right. */
async function apart(...nodes: [Node<Predictions>, Node<Predictions>]): Promise<Comparison["apart"]> {
  const both = await Promise.all(nodes.map(async (node) => (await resolve(node)).value));
  const [a, b] = both.map(({rows, labels, classes, probabilities}) => {
    const chosen = argmax(probabilities, classes.length);
    return new Set(rows.filter((_, i) => chosen[i] === labels[i]));
  });
  return {onlyA: [...a].filter((row) => !b.has(row)), onlyB: [...b].filter((row) => !a.has(row))};
}
