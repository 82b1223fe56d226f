import {groups} from "d3";
import {firstReaching} from "../lib/evaluation/reach.js";
import {spread} from "../lib/evaluation/spread.js";
import {architecture} from "../lib/models/registry.js";
import type {Run} from "../lib/study/schema.js";
import {twins, type Twins} from "../lib/study/twins.js";
import {comparison} from "../stages/compare.js";
import {evaluation} from "../stages/evaluate.js";
import {predictions} from "../stages/run.js";
import {history} from "../stages/training.js";
import {study} from "../study.js";
import {attempt, eachRun, round, rounded, sourceOf, startOf, titleOf} from "./support.js";
import type {Difference, PretrainingArtifact, SeedSpread, Source} from "./types.js";

/** Of the macro F1 on validation. */
const levels = [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];

/** What a run is, for the figures on pretraining. */
const describe = (run: Run) => ({
  model: run.model,
  network: architecture(run.model).title,
  start: startOf(run),
  fraction: run.fraction
});

/** How fast each start learns, and how much better than random weights the others end, seed by seed. */
export default async function (): Promise<PretrainingArtifact> {
  const runs = await eachRun(
    (run) => evaluation({study, run}),
    async ({value}, run) => {
      const found = await attempt(history({study, run}));
      if ("missing" in found) return [];
      const validation = found.value.epochs.map(({macroF1}) => macroF1);
      return [
        {
          run: run.id,
          title: titleOf(run),
          ...describe(run),
          seed: run.seed,
          validation: rounded(validation),
          reached: levels.map((level) => firstReaching(validation, level)),
          macroF1: value.overall.macroF1,
          source: sourceOf(found)
        }
      ];
    }
  );
  return {levels, runs: runs.flat(), pairs: await pairs()};
}

interface Paired extends Twins {
  difference: Difference;
  source: Source;
}

async function pairs(): Promise<PretrainingArtifact["pairs"]> {
  const found: Paired[] = [];
  for (const {pretrained, scratch} of twins(study)) {
    const [a, b] = [pretrained, scratch].map((run) => predictions({study, run}));
    const result = await attempt(comparison({study, a, b}));
    if ("missing" in result) continue;
    const {value, low, high, p} = result.value.macroF1;
    const difference = {value: round(value), low: round(low), high: round(high), p: round(p)};
    found.push({pretrained, scratch, difference, source: sourceOf(result)});
  }
  return groups(found, ({pretrained}) =>
    JSON.stringify({...describe(pretrained), procedure: pretrained.procedure})
  ).map(([, members]) => ({
    ...describe(members[0].pretrained),
    seeds: members.map(({pretrained, scratch, difference}) => ({
      seed: pretrained.seed,
      pretrained: pretrained.id,
      scratch: scratch.id,
      sameProcedure: pretrained.procedure === scratch.procedure,
      difference
    })),
    spread: overSeeds(members.map(({difference}) => difference.value)),
    source: members.map(({source}) => source)
  }));
}

function overSeeds(values: number[]): SeedSpread {
  const {n, mean, min, max, interval} = spread(values);
  const ends = interval && {low: round(interval.lower), high: round(interval.upper)};
  return {n, mean: round(mean), min, max, interval: ends};
}
