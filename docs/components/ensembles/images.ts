import {sum} from "d3";
import {argmax, bootstrapAll, classification, type Confusion, type Estimate, mix, wilson} from "measures";
import type {EnsemblesArtifact} from "../../../src/report/ensembles/artifact.js";
import type {RunDetail, RunResult} from "../../../src/report/results/artifact.js";
import type {Metric} from "../claims/headline.js";
import type {Counted} from "../lens/lens-words.js";

/** The resamples behind the intervals of the reader's weights, which are drawn at every move of a slider. */
export const ownResamples = 1000;

/** A classifier with the scores that the page on ensembles shows. */
export type Judged = Counted & Record<Metric, Estimate>;

type Cells = RunDetail["confusion"];
type Images = Pick<EnsemblesArtifact, "classes" | "labels" | "row"> & {members: readonly {probabilities: string}[]};

/** Probabilities as the loader packs them, row-major [images, classes]. */
export const unpack = (base64: string): Float32Array =>
  new Float32Array(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)).buffer);

/**
 * What the members make of the test images together, by their weights: the images in each cell of the confusion matrix.
 */
export function mixer({classes, labels, row, members}: Images): (weights: readonly number[]) => Cells {
  const probabilities = members.map((member) => unpack(member.probabilities));
  return (weights) => {
    const chosen = argmax(mix(probabilities, weights), classes.length);
    return classes.flatMap((actual, a) => {
      const all = labels.filter((label) => label === a).length;
      return classes.map((predicted, p) => {
        const rows = row.filter((_, i) => labels[i] === a && chosen[i] === p);
        return {actual, predicted, count: rows.length, share: rows.length / all, rows};
      });
    });
  };
}

interface Results {
  members: readonly {result: RunResult}[];
  ways: readonly {weights: number[]; result: RunResult}[];
}

/** The members, and the ways to weigh them, with the images behind their scores. */
export function withImages<E extends Results>(ensembles: E, mix: (weights: readonly number[]) => Cells): E {
  const {members, ways} = ensembles;
  const alone = (one: number) => members.map((_, m) => Number(m === one));
  return {
    ...ensembles,
    members: members.map((member, m) => ({...member, result: {...member.result, confusion: mix(alone(m))}})),
    ways: ways.map((way) => ({...way, result: {...way.result, confusion: mix(way.weights)}}))
  };
}

/** The scores of a confusion matrix, with Wilson's interval of the accuracy and the bootstrap's of the others. */
export function judge(
  title: string,
  confusion: Cells,
  {classes, seed}: Pick<EnsemblesArtifact, "classes"> & {seed: number}
): Judged {
  const counts = classes.map((_, a) => classes.map((_, p) => confusion[a * classes.length + p].count));
  const all = shareOf(confusion);
  const scores = (drawn: Confusion) => {
    const {macro, weighted} = classification(drawn);
    return [macro.f1, weighted.f1];
  };
  const [macroF1, weightedF1] = bootstrapAll(scores, counts, {resamples: ownResamples, seed});
  return {
    title,
    accuracy: wilson(all.k, all.n),
    macroF1,
    weightedF1,
    perClass: classes.map((name) => ({
      class: name,
      recall: shareOf(confusion.filter(({actual}) => actual === name)),
      precision: shareOf(confusion.filter(({predicted}) => predicted === name))
    })),
    confusion
  };
}

/** How many of the images in some cells are predicted right. */
const shareOf = (cells: Cells) => ({
  k: sum(cells, ({actual, predicted, count}) => (actual === predicted ? count : 0)),
  n: sum(cells, ({count}) => count)
});
