import {spearman} from "../../lib/explain/similarity.js";
import {upsample} from "../../lib/measures/raster.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {repetitions} from "../../lib/study/twins.js";
import {means} from "./mean.js";
import {maps} from "../runs/run.js";

/** Every two of the runs on all images, each pair once; of those that differ in the seed alone the first two. */
export function pairsOf(study: Study): [Run, Run][] {
  const runs = repetitions(study).flatMap((group) => group.filter(({fraction}) => fraction === 1).slice(0, 2));
  return runs.flatMap((a, i) => runs.slice(i + 1).map((b): [Run, Run] => [a, b]));
}

interface PairArgs {
  study: Study;
  pair: [Run, Run];
}

/**
 * How far two runs agree about where: the mean rank correlation of their maps of the same test images, where neither is
 * empty.
 */
export const agreement = stage({
  name: "agreement",
  module: import.meta.url,
  id: ({pair: [a, b]}: PairArgs) => `${a.id}/${b.id}`,
  inputs: ({study, pair: [a, b]}) => ({a: maps({study, run: a}), b: maps({study, run: b})}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({a, b}, options) => {
    const size = Math.max(a.size, b.size);
    const at = new Map(Array.from(b.rows, (row, i) => [row, i]));
    const map = ({grids, size: cells}: typeof a, i: number) =>
      upsample(grids.subarray(i * cells ** 2, (i + 1) * cells ** 2), cells, size);
    const correlations = Array.from(a.rows).flatMap((row, i) => {
      const j = at.get(row);
      return j !== undefined && a.peaks[i] > 0 && b.peaks[j] > 0 ? spearman(map(a, i), map(b, j)) : [];
    });
    return {images: a.rows.length, spearman: means([correlations], options)?.[0] ?? null};
  }
});
