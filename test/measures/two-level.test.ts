import assert from "node:assert/strict";
import {test} from "node:test";
import {type Repetition, twoLevel} from "../../src/lib/measures/two-level.js";
import {mulberry32, normal, type Random} from "../../src/lib/measures/random.js";

/** What a simulated series of runs varies in; a score is the weighted mean of its images' values. */
interface World {
  repetitions: number;
  patients: number;
  /** Standard deviations: between repetitions, between patients, between a patient's images, of all else. */
  deviations: {repetition: number; patient: number; image: number; rest: number};
  /** Whether every repetition tests other patients. */
  folds?: boolean;
}

/** A series whose true mean is 0. Of a patient there are one, two or three images. */
function simulate({repetitions, patients, deviations, folds}: World, random: Random): Repetition[] {
  const draw = (deviation: number) => deviation * normal(random);
  const people = () =>
    Array.from({length: patients}, (_, name) => ({
      name,
      own: draw(deviations.patient),
      images: Array.from({length: 1 + (name % 3)}, () => draw(deviations.image))
    }));
  const shared = people();
  return Array.from({length: repetitions}, (_, r) => {
    const shift = draw(deviations.repetition);
    const images = (folds ? people() : shared).flatMap(({name, own, images}) =>
      images.map((image) => ({name: folds ? `${r}/${name}` : name, value: shift + own + image + draw(deviations.rest)}))
    );
    return {
      patients: images.map(({name}) => name),
      labels: images.map(() => 0),
      statistics: (weights) => {
        let [total, sum] = [0, 0];
        images.forEach(({value}, i) => ((total += weights[i]), (sum += weights[i] * value)));
        return [sum / total];
      }
    };
  });
}

const covered = (world: World, series = 1000) => {
  const random = mulberry32(11);
  let count = 0;
  for (let i = 0; i < series; ++i) {
    const [{low, high}] = twoLevel(simulate(world, random), {resamples: 120, seed: i});
    if (low <= 0 && 0 <= high) count += 1;
  }
  return count / series;
};

const worlds: [string, World][] = [
  [
    "seeds differ little and patients much",
    {repetitions: 5, patients: 60, deviations: {repetition: 0.02, patient: 1, image: 0.3, rest: 0.3}}
  ],
  [
    "seeds differ as much as patients do",
    {repetitions: 5, patients: 60, deviations: {repetition: 0.2, patient: 1, image: 0.5, rest: 0.3}}
  ],
  [
    "seeds differ and patients are alike",
    {repetitions: 5, patients: 60, deviations: {repetition: 0.3, patient: 0.1, image: 0.1, rest: 1}}
  ],
  [
    "folds test other patients each",
    {repetitions: 5, patients: 40, folds: true, deviations: {repetition: 0.1, patient: 1, image: 0.3, rest: 0.3}}
  ]
];
for (const [name, world] of worlds) {
  test(`95% intervals hold the truth in 93 to 97% of simulated series where ${name}`, () => {
    const share = covered(world);
    assert.ok(share >= 0.93 && share <= 0.97, `${share}`);
  });
}

test("an interval over seeds alone would leave out what all of them share", () => {
  const random = mulberry32(3);
  const [{variance}] = twoLevel(
    simulate({repetitions: 5, patients: 100, deviations: {repetition: 0, patient: 1, image: 0, rest: 0.01}}, random),
    {resamples: 500}
  );
  assert.ok(variance.patients > 100 * variance.repetitions, JSON.stringify(variance));
});

test("with all else gone, the interval is Student's t over the repetitions", () => {
  const fixed = [0.1, 0.2, 0.4].map((value): Repetition => ({
    patients: ["a", "b"],
    labels: [0, 1],
    statistics: () => [value]
  }));
  const [{value, low, high, degreesOfFreedom}] = twoLevel(fixed, {resamples: 20});
  const half = (4.302652729911275 * Math.sqrt(0.07 / 3)) / Math.sqrt(3);
  assert.ok(Math.abs(value - 0.7 / 3) < 1e-12 && degreesOfFreedom === 2);
  assert.ok(Math.abs(low - (value - half)) < 1e-6 && Math.abs(high - (value + half)) < 1e-6, `${low} ${high} ${half}`);
});

test("a patient is drawn with all images, in all repetitions, and labels keep their numbers", () => {
  const seen: string[] = [];
  const repetition = (r: number): Repetition => ({
    patients: ["p", "p", "q", "r"],
    labels: [0, 0, 0, 1],
    statistics: (weights) => {
      seen.push(`${r} ${weights.join()}`);
      return [weights[0]];
    }
  });
  twoLevel([repetition(0), repetition(1)], {resamples: 30});
  const of = (r: number) => seen.filter((text) => text.startsWith(`${r} `)).map((text) => text.slice(2));
  assert.deepEqual(of(0), of(1));
  for (const [a, b, c, d] of of(0).map((text) => text.split(",").map(Number))) {
    assert.equal(a, b);
    assert.deepEqual([a + c, d], [2, 1]);
  }
});

test("one repetition, and a score that is not a number, are refused", () => {
  const one: Repetition = {patients: [1, 2], labels: [0, 0], statistics: () => [NaN]};
  assert.throws(() => twoLevel([one]), /One repetition has no spread/);
  assert.throws(() => twoLevel([one, one]), /undefined for some resamples/);
});
