import {least, sum} from "d3";
import {bestOf} from "../lib/evaluation/best.js";
import {earlierPredictions} from "../report/limits/earlier-rules.js";
import {missedByAll} from "../report/limits/missed.js";
import {recallShift} from "../report/limits/recall-shift.js";
import {evaluation} from "../report/results/evaluate.js";
import {history} from "../report/runs/training.js";
import {shorten} from "../report/shared/rounding.js";
import {eachRun, optional, sourceOf, titleOf} from "../report/shared/support.js";
import {study} from "../study.js";
import type {LimitsArtifact, Shift} from "../report/limits/artifact.js";

/**
 * How often validation was looked at, how the best run's recall changes from there to test, and which images no run
 * gets right.
 */
export default async function (): Promise<LimitsArtifact> {
  const epochs = await eachRun(
    (run) => history({study, run}),
    ({value}) => value.epochs.length
  );
  const scored = await eachRun(
    (run) => evaluation({study, run}),
    (result, run) => ({run, validation: result.value.validation, source: sourceOf(result)})
  );
  const best = bestOf(scored);
  const shift = best && (await optional(recallShift({study, run: best.run})));
  const whole = scored.filter(({run}) => run.fraction === 1);
  const missed = whole.length ? await optional(missedByAll({study, runs: whole.map(({run}) => run)})) : undefined;
  const worst = shift && missed?.value.find((one) => one.class === fallsMost(shift.value.byClass));
  return {
    epochs: sum(epochs),
    best:
      best && shift
        ? {run: best.run.id, title: titleOf(best.run), ...shorten(shift.value), source: shift.source}
        : null,
    missed: worst ? {...worst, runs: whole.length, sources: whole.map(({source}) => source)} : null,
    earlier: await earlierPredictions()
  };
}

/** The class whose recall falls most from validation to test. */
const fallsMost = (byClass: readonly (Shift & {class: string})[]) =>
  least(byClass, ({validation, test}) => (validation && test ? test.value - validation.value : undefined))?.class;
