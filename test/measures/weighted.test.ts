import assert from "node:assert/strict";
import test from "node:test";
import {brier, expectedCalibrationError, logLoss} from "../../src/lib/measures/calibration.js";
import {ranking} from "../../src/lib/measures/ranking.js";
import {weightedScores} from "../../src/lib/measures/weighted.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import {near} from "./reference.js";

const random = mulberry32(4);
const labels = Array.from({length: 50}, (_, i) => i % 3);
// Coarse values, so that there are ties.
const probabilities = labels.flatMap((label) => {
  const raw = [0, 1, 2].map((k) => 1 + Math.floor(4 * random()) + (k === label ? 2 : 0));
  return raw.map((value) => value / (raw[0] + raw[1] + raw[2]));
});

function check(actual: ReturnType<ReturnType<typeof weightedScores>>, values: number[], truth: number[]) {
  near(actual.logLoss, logLoss(values, truth));
  near(actual.brier, brier(values, truth));
  near(actual.expectedCalibrationError, expectedCalibrationError(values, truth));
  ranking(values, truth).forEach(({rocAuc, averagePrecision}, k) => {
    near(actual.rocAuc[k], rocAuc!);
    near(actual.averagePrecision[k], averagePrecision!);
  });
}

test("with equal weights all measures are the plain ones", () => {
  check(weightedScores(probabilities, labels)(labels.map(() => 1)), probabilities, labels);
});

test("an image of weight n counts as n images, and one of weight 0 not at all", () => {
  const weights = labels.map((_, i) => (i * 7) % 4);
  const repeated = labels.flatMap((_, i) => new Array<number>(weights[i]).fill(i));
  check(
    weightedScores(probabilities, labels)(weights),
    repeated.flatMap((i) => probabilities.slice(3 * i, 3 * i + 3)),
    repeated.map((i) => labels[i])
  );
});

test("an area that is not defined is not a number", () => {
  const {rocAuc, averagePrecision} = weightedScores([0.6, 0.4, 0.7, 0.3], [0, 0])([1, 1]);
  assert.deepEqual([rocAuc[0], averagePrecision[1]], [NaN, NaN]);
  near(averagePrecision[0], 1);
});
