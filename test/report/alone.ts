import {toRows} from "../../src/lib/dataset/rows.js";
import type {Predictions} from "../../src/lib/evaluation/predicted.js";
import type {Node, StageContext} from "../../src/lib/pipeline/types.js";

/** Runs a stage on inputs of one's own, without a pipeline. */
export const alone = <T>(node: Node<T>, inputs: Record<string, unknown>): T =>
  node.run(inputs, {} as StageContext) as T;

/** Predictions that are sure of these classes. */
export function sureOf(chosen: number[], labels: number[], {classes = ["a", "b"], rows = [...labels.keys()]} = {}) {
  const predicted: Predictions = {
    rows: toRows(rows),
    labels: Int32Array.from(labels),
    classes,
    probabilities: Float32Array.from(chosen.flatMap((k) => classes.map((_, c) => Number(c === k))))
  };
  return predicted;
}
