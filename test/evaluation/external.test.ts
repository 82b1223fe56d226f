import assert from "node:assert/strict";
import {test} from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import {byPatient} from "../../src/lib/measures/by-patient.js";
import {bootstrap, bootstrapAll} from "../../src/lib/measures/bootstrap.js";
import {
  externalDifferences,
  type ExternalPredictions,
  healthyArea,
  takenFor,
  withoutRows
} from "../../src/lib/evaluation/external.js";

const health = {healthy: "fine", normal: "normal"};
const options = {resamples: 500, seed: 1};

/**
 * Images of alternate groups, each of a patient of its own; the probability of "normal" as given, the rest for
 * COVID-19.
 */
function predicted(normal: number[], patients = normal.map((_, i) => i)): ExternalPredictions {
  return {
    rows: toRows(Int32Array.from(normal.keys())),
    labels: Int32Array.from(normal, (_, i) => i % 2),
    groups: ["fine", "ill"],
    patients: Int32Array.from(patients),
    classes: ["COVID-19", "normal"],
    probabilities: Float32Array.from(normal.flatMap((p) => [1 - p, p]))
  };
}
const repeated = (values: number[], times: number) => Array.from({length: times}, () => values).flat();

test("every group's images are counted by what they are taken for, and its patients once each", () => {
  const groups = takenFor(predicted([0.9, 0.2, 0.8, 0.7, 0.1, 0.3], [0, 1, 0, 1, 2, 3]));
  assert.deepEqual(
    groups.map(({label, images, patients, takenFor}) => [label, images, patients, takenFor.map(({k}) => k)]),
    [
      ["fine", 3, 2, [1, 2]],
      ["ill", 3, 2, [2, 1]]
    ]
  );
  const [{low, high}] = groups[0].takenFor;
  // Wilson's interval of 1 out of 3, as statsmodels gives it.
  assert.ok(Math.abs(low - 0.0615) < 1e-4 && Math.abs(high - 0.7923) < 1e-4, `${low} to ${high}`);
});

test("rows that are left out take their labels, patients and probabilities with them", () => {
  const {rows, labels, patients, probabilities} = withoutRows(predicted([0.9, 0.2, 0.8]), new Set([1]));
  assert.deepEqual(
    [[...rows], [...labels], [...patients]],
    [
      [0, 2],
      [0, 0],
      [0, 2]
    ]
  );
  assert.deepEqual(probabilities, Float32Array.from([1 - 0.9, 0.9, 1 - 0.8, 0.8]));
});

test("the area is 1 where the healthy are ranked first, a half where nothing is known, and absent for few patients", () => {
  const area = (normal: number[]) => healthyArea(predicted(normal), health, options);
  assert.equal(area(repeated([0.9, 0.2], 12))?.value, 1);
  assert.equal(area(repeated([0.5, 0.5], 12))?.value, 0.5);
  assert.equal(area(repeated([0.9, 0.2], 9)), null);
});

test("patients of one image each are drawn as images are, and those of many images make the interval wider", () => {
  const values = Array.from({length: 40}, (_, i) => i);
  const labels = values.map(() => 0);
  const mean = (weights: Float64Array) => [weights.reduce((sum, weight, i) => sum + weight * values[i], 0) / 40];
  const width = ({low, high}: {low: number; high: number}) => high - low;
  const alone = bootstrapAll(...byPatient(mean, {labels, patients: values}), options)[0];
  const images = bootstrap(
    ([counts]) => counts.reduce((sum, n, i) => sum + n * values[i], 0) / 40,
    [values.map(() => 1)],
    options
  );
  assert.deepEqual(alone, images);
  const patients = values.map((i) => Math.floor(i / 4));
  const clustered = bootstrapAll(...byPatient(mean, {labels, patients}), options)[0];
  assert.ok(width(clustered) > 1.5 * width(alone), `${width(clustered)} against ${width(alone)}`);
});

test("no label is ever without images, however rare it is", () => {
  const labels = [0, 0, 0, 0, 0, 1];
  const rare = (weights: Float64Array) => [weights[5]];
  const [{low, high}] = bootstrapAll(...byPatient(rare, {labels, patients: [0, 0, 1, 2, 3, 4]}), options);
  assert.deepEqual([low, high], [1, 1]);
});

test("a group of fewer than ten patients is left out of differences, and without ten on both sides there is no area", () => {
  /** So many patients of each group, of whom the first has two images. */
  const images = (fine: number, ill: number): ExternalPredictions => {
    const groups = [0, ...new Array<number>(fine).fill(0), 1, ...new Array<number>(ill).fill(1)];
    const patients = groups.map((group, i) => 100 * group + (i === 0 || i === fine + 1 ? 1 : i - group * (fine + 1)));
    return {
      ...predicted(
        groups.map((group) => 0.9 - 0.8 * group),
        patients
      ),
      labels: Int32Array.from(groups)
    };
  };
  const told = (fine: number, ill: number) => {
    const {groups, area} = externalDifferences(
      images(fine, ill),
      images(fine, ill),
      {name: "COVID-19", ...health},
      options
    );
    return [
      groups.map(({label}) => label).join(),
      area !== null,
      healthyArea(images(fine, ill), health, options) !== null
    ];
  };
  assert.deepEqual(told(10, 10), ["fine,ill", true, true]);
  assert.deepEqual(told(9, 10), ["ill", false, false]);
  assert.deepEqual(told(10, 9), ["fine", false, false]);
  assert.deepEqual(told(9, 9), ["", false, false]);
});

test("two networks differ by what they say of the same images", () => {
  const a = predicted(repeated([0.9, 0.2], 20));
  const b = predicted(repeated([0.1, 0.2, 0.9, 0.3], 10));
  const {groups, area} = externalDifferences(a, b, {name: "COVID-19", ...health}, options);
  assert.deepEqual(
    groups.map(({label, difference}) => [label, difference.value]),
    [
      ["fine", -0.5],
      ["ill", 0]
    ]
  );
  assert.ok(groups[0].difference.high < 0 && groups[0].difference.low > -1, "a real difference, not a certain one");
  assert.ok(Math.abs(area!.value - 0.5) < 1e-12, `the other ranks half of the healthy last: ${area!.value}`);
});

test("patients whose images bear the same labels are drawn for one another, in whatever order these stand", () => {
  const seen = new Set<string>();
  const note = (weights: Float64Array) => (seen.add(weights.join()), [0]);
  bootstrapAll(...byPatient(note, {labels: [0, 1, 1, 0], patients: [0, 0, 1, 1]}), {resamples: 50, seed: 1});
  assert.deepEqual([...seen].sort(), ["0,0,2,2", "1,1,1,1", "2,2,0,0"]);
});
