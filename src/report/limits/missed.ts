import {op, table} from "arquero";
import type {Predictions} from "../../lib/evaluation/predicted.js";
import {argmax} from "../../lib/measures/predictions.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node} from "../../lib/pipeline/types.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {predictions} from "../runs/run.js";

interface Args {
  study: Study;
  runs: readonly Run[];
}

/** Every image of a run's test predictions, with its class and whether it is right. */
function judged({rows, labels, classes, probabilities}: Predictions) {
  const chosen = argmax(probabilities, classes.length);
  return table({row: rows, label: labels, right: Array.from(labels, (label, i) => Number(chosen[i] === label))});
}

/** How many test images each class has, and the rows of those that none of some runs gets right. */
export const missedByAll = stage({
  name: "missed-by-all",
  module: import.meta.url,
  inputs: ({study, runs}: Args): Readonly<Record<`of ${string}`, Node<Predictions>>> =>
    Object.fromEntries(runs.map((run) => [`of ${run.id}`, predictions({study, run})])),
  params: ({runs}) => ({runs: runs.map(({id}) => id)}),
  run: (inputs, {runs}) => {
    const predicted = runs.map((id) => inputs[`of ${id}`]);
    const [first, ...others] = predicted.map(judged);
    const images = first
      .concat(...others)
      .groupby("label", "row")
      .rollup({found: op.max("right")})
      .objects() as {label: number; row: number; found: number}[];
    return predicted[0].classes.map((name, label) => {
      const members = images.filter((one) => one.label === label);
      return {class: name, of: members.length, rows: members.flatMap(({row, found}) => (found ? [] : row))};
    });
  }
});
