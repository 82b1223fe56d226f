import type {RunResult} from "../../../src/report/results/artifact.js";
import {className} from "../shared/classes.js";
import {count, interval, plural, ratio} from "../shared/format.js";

/** How many runs find none or all of the rarest class's images, which resampling takes for certain. */
export function describeCertain(runs: readonly RunResult[]): string {
  const rare = runs.map(({perClass}) => perClass.reduce((a, b) => (b.support < a.support ? b : a)));
  const certain = rare.filter(({recall: {k, n}}) => k === 0 || k === n);
  if (!certain.length) return "";
  const [first] = certain;
  return (
    `Of ${plural(runs.length, "run")}, ${count(certain.length)} ` +
    `${certain.length === 1 ? "finds" : "find"} none or all of the ${className(first.class)} test ` +
    "images. " +
    "However they are drawn again, that recall stays what it is, although the exact interval of " +
    `${ratio(first.recall)} is ${interval(first.recall)}: ` +
    "the bootstrap intervals of the balanced accuracy and the macro averages of such a run, and of " +
    "its differences from others, are too narrow."
  );
}
