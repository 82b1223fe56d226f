import type {Estimate} from "../../../src/lib/measures/interval.js";
import {sum} from "d3";
import type {EnsemblesArtifact} from "../../../src/report/ensembles/artifact.js";
import type {RunDetail, RunResult} from "../../../src/report/results/artifact.js";
import {estimatesOf, mixed, unpack} from "./arithmetic.js";
import type {Metric} from "../claims/headline.js";
import type {Counted} from "../lens/lens-words.js";
import {wilson} from "./wilson.js";

/** The resamples behind the intervals of the reader's weights, which are drawn at every move of a slider. */
export const ownResamples = 1000;

/** A classifier with the scores that the page on ensembles shows. */
export type Judged = Counted & Record<Metric, Estimate>;

type Confusion = RunDetail["confusion"];
type Images = Pick<EnsemblesArtifact, "classes" | "labels" | "row"> & {members: readonly {probabilities: string}[]};

/**
 * What the members make of the test images together, by their weights: the images in each cell of the confusion matrix.
 */
export function mixer({classes, labels, row, members}: Images): (weights: readonly number[]) => Confusion {
  const probabilities = members.map((member) => unpack(member.probabilities));
  return (weights) =>
    mixed(probabilities, weights, labels).flatMap((line, a) => {
      const all = sum(line, (images) => images.length);
      return line.map((images, p) => ({
        ...{actual: classes[a], predicted: classes[p], count: images.length, share: images.length / all},
        rows: images.map((i) => row[i])
      }));
    });
}

interface Results {
  members: readonly {result: RunResult}[];
  ways: readonly {weights: number[]; result: RunResult}[];
}

/** The members, and the ways to weigh them, with the images behind their scores. */
export function withImages<E extends Results>(ensembles: E, mix: (weights: readonly number[]) => Confusion): E {
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
  confusion: Confusion,
  {classes, randomState}: Pick<EnsemblesArtifact, "classes" | "randomState">
): Judged {
  const counts = classes.map((_, a) => classes.map((_, p) => confusion[a * classes.length + p].count));
  const all = shareOf(confusion);
  return {
    title,
    ...estimatesOf(counts, {randomState, resamples: ownResamples}),
    accuracy: wilson(all.k, all.n),
    perClass: classes.map((name) => ({
      class: name,
      recall: shareOf(confusion.filter(({actual}) => actual === name)),
      precision: shareOf(confusion.filter(({predicted}) => predicted === name))
    })),
    confusion
  };
}

/** How many of the images in some cells are predicted right. */
const shareOf = (cells: Confusion) => ({
  k: sum(cells, ({actual, predicted, count}) => (actual === predicted ? count : 0)),
  n: sum(cells, ({count}) => count)
});
