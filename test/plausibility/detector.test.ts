import assert from "node:assert/strict";
import {test} from "node:test";
import {fitDetector, scoresOf} from "../../src/lib/plausibility/detector.js";
import {mulberry32, normal} from "../../src/lib/measures/random.js";

const columns = 12;
const random = mulberry32(11);

/** Rows about a mean, in columns of very different scales, the last of which never changes. */
function rows(count: number, shift: (column: number, row: number) => number) {
  return Float32Array.from({length: count * columns}, (_, at) => {
    const column = at % columns;
    return column === columns - 1 ? 3 : 10 ** (column % 3) * (normal(random) + shift(column, Math.floor(at / columns)));
  });
}

const alternating = (count: number) => Int32Array.from({length: count}, (_, i) => i % 2);
const usual = (count: number) => rows(count, (column, row) => (column === 0 ? 3 * (row % 2) : 0));
const kinds = ["left", "right"];
/** Altered images differ in one column alone, by three deviations or by eight. */
const altered = (count: number) => rows(count, (column, row) => (column === 4 ? (row % 2 ? 8 : 3) : 0));
const detector = fitDetector(
  {features: usual(300), labels: alternating(300)},
  {features: altered(200), labels: alternating(200)},
  {classes: 2, kinds, components: 6, basis: 8, penalty: 1e-2}
);
const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;

test("what is unlike all samples is farther than any of them", () => {
  const held = scoresOf(usual(200), detector).map(({distance}) => distance);
  const [far] = scoresOf(
    rows(1, () => 9),
    detector
  );
  assert.ok(far.distance > 2 * Math.max(...held), `${far.distance} and ${Math.max(...held)}`);
  assert.ok(Math.abs(mean(held) - Math.sqrt(columns - 1)) < 1.2, `a distance is in deviations: ${mean(held)}`);
});

test("odds tell altered images that distances do not, and the kind is named", () => {
  const [inside, outside] = [scoresOf(usual(200), detector), scoresOf(altered(200), detector)];
  const wrong = [...inside.filter(({odds}) => odds > 0), ...outside.filter(({odds}) => odds < 0)].length / 400;
  assert.ok(wrong < 0.12, `${wrong} are on the wrong side`);
  const named = outside.filter(({kind}, i) => kind === kinds[i % 2]).length / 200;
  assert.ok(named > 0.95, `${named} are named`);
  const limit = inside.map(({distance}) => distance).sort((a, b) => a - b)[195];
  const byDistance = outside.filter(({distance}) => distance > limit).length / 200;
  assert.ok(byDistance < 0.7, `distances alone find ${byDistance}`);
});

test("an image's scores are the same alone", () => {
  const some = usual(5);
  const together = scoresOf(some, detector);
  together.forEach((scores, i) =>
    assert.deepEqual(scoresOf(some.slice(i * columns, (i + 1) * columns), detector), [scores])
  );
});

test("a column that never changed in training counts when it does, and not without bounds", () => {
  const some = usual(1);
  const [before] = scoresOf(some, detector);
  some[columns - 1] = 1e6;
  const [after] = scoresOf(some, detector);
  some[columns - 1] = 1e9;
  assert.deepEqual(scoresOf(some, detector), [after]);
  assert.ok(after.distance > before.distance && Number.isFinite(after.odds), `${after.distance}`);
});
