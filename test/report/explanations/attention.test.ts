import assert from "node:assert/strict";
import {test} from "node:test";
import {outsideBody} from "../../../src/lib/dataset/body.js";
import {decodeGrey} from "../../../src/lib/dataset/decode.js";
import {openAnnotations} from "../../../src/lib/dataset/masks.js";
import {openDataset} from "../../../src/lib/dataset/open.js";
import {attention, masks, references, regions} from "../../../src/report/explanations/attention.js";
import {attentionEvaluation} from "../../../src/report/explanations/attention-evaluation.js";
import {brighterThan, context, near, plain, toyStudy, withSpots} from "../toy.js";

const study = toyStudy({}, [{}, {fraction: 0.5, seed: 4}]);
const [run, half] = study.runs;
const args = {study, run};
const [lungs, outside] = ["lungs", "outside"].map((region) => regions.indexOf(region as "lungs"));
const one = (values: ArrayLike<number>, image: number, region: number) => values[image * regions.length + region];

/** Of [4, 4]: what lies in the upper half, in the lower one, in the left column. */
const mask = (inside: (x: number, y: number) => boolean) =>
  Uint8Array.from({length: 16}, (_, at) => 255 * Number(inside(at % 4, Math.floor(at / 4))));
const [upper, lower] = [mask((_, y) => y < 2), mask((_, y) => y >= 2)];

/** Training images in rows 10 to 15 with a white pixel each, above in the first three; those of even places train. */
const train = withSpots(
  plain([200, 150, 160, 140, 170, 130], {labels: [0, 1, 0, 1, 0, 1], rows: [10, 11, 12, 13, 14, 15]}),
  [0, 1, 2, 12, 13, 14]
);
const split = {train: Int32Array.of(0, 2, 3, 4), validation: Int32Array.of(1, 5)};
const inventory = {classes: ["dark", "bright"], splits: {train: {labels: train.labels}}};
/** Test images in rows 7, 3 and 5: all energy of the maps is above, below, nowhere. */
const predictions = {rows: Int32Array.of(7, 3, 5), probabilities: Float32Array.of(0.1, 0.9, 0.8, 0.2, 0.4, 0.6)};
const grid = (at: number) => Array.from({length: 16}, (_, i) => 255 * Number(i === at));
const maps = {size: 4, grids: Uint8Array.from([...grid(2), ...grid(13), ...grid(-1)])};

const judged = [
  {split: "test", row: 3, label: 1, masks: {lungs: upper, outside: lower}},
  {split: "train", row: 13, label: 1, masks: {lungs: upper}},
  {split: "test", row: 7, label: 0, masks: {lungs: upper}},
  {split: "train", row: 99, label: 0, masks: {lungs: upper}},
  {split: "train", row: 11, label: 1, masks: {lungs: upper, outside: lower}},
  {split: "test", row: 5, label: 1, masks: {lungs: upper}}
];
const inputs = {
  training: {weights: brighterThan(0.5)},
  masks: {size: 4, images: judged},
  train,
  split,
  inventory,
  predictions,
  maps
};

test("a map is judged by the masks of its own image, in either list", async () => {
  const found = await attention(args).run(inputs, context());
  assert.deepEqual(found.keys, ["test/3", "train/13", "test/7", "train/11", "test/5"], "one is not there");
  assert.deepEqual(
    [[...found.labels], [...found.predicted]],
    [
      [1, 1, 0, 1, 1],
      [0, 1, 1, 1, 1]
    ]
  );
  const energy = [0, 1, 2, 3, 4].map((image) => one(found.energy, image, lungs));
  // Of training images the map is the image: 8 of 16 pixels lie above, one of which, or of the others, is white.
  near(energy.slice(0, 4), [0, (8 * 140) / (15 * 140 + 255), 1, (7 * 150 + 255) / (15 * 150 + 255)], 2e-3);
  assert.ok(Number.isNaN(energy[4]), "an empty map has no share");
  near([one(found.energy, 0, outside), one(found.hits, 0, outside)], [1, 1]);
  assert.ok(Number.isNaN(one(found.energy, 1, outside)), "what is not marked has no share");
  near(
    [0, 1, 2, 3].map((image) => one(found.hits, image, lungs)),
    [0, 0, 1, 1]
  );
});

test("seen are the images that train, not those that validate or test, nor of a part's run those beside it", async () => {
  assert.deepEqual((await attention(args).run(inputs, context())).seen, [false, true, false, false, false]);
  const every = Array.from(train.rows, (row, i) => ({split: "train", row, label: train.labels[i], masks: {}}));
  const of = async (run: typeof half) =>
    (await attention({study, run}).run({...inputs, masks: {size: 4, images: every}}, context())).seen;
  assert.deepEqual(await of(run), [true, false, true, true, true, false]);
  const seen = await of(half);
  assert.equal(seen.filter(Boolean).length, 3, "half of three, rounded, and the one");
  assert.ok(!seen[1] && !seen[5] && seen[3]);
});

test("a uniform map has the share of a mask's area, a centred one more in the middle", () => {
  const images = [
    {split: "test", row: 8, label: 0, masks: {lungs: upper}},
    {split: "train", row: 2, label: 0, masks: {lungs: mask((x, y) => x > 0 && x < 3 && y > 0 && y < 3)}}
  ];
  const {keys, uniform, centre} = references({study}).run({masks: {size: 4, images}}, context()) as References;
  assert.deepEqual(keys, ["test/8", "train/2"]);
  near([one(uniform.energy, 0, lungs), one(uniform.energy, 1, lungs)], [1 / 2, 1 / 4]);
  near([one(uniform.hits, 0, lungs), one(uniform.hits, 1, lungs)], [1 / 2, 1 / 4]);
  near([one(centre.energy, 0, lungs), one(centre.hits, 1, lungs)], [1 / 2, 1]);
  assert.ok(one(centre.energy, 1, lungs) > 0.4);
  assert.ok(Number.isNaN(one(uniform.energy, 0, outside)));
});
type References = Awaited<ReturnType<ReturnType<typeof references>["run"]>>;

test("judged are all test images and the annotated training images that could be read, each with its own masks", async () => {
  const dataset = {name: "phantom" as const, train: 4, test: 2, seed: 3};
  const phantoms = await openDataset(dataset);
  const missing = 2;
  const rows = Int32Array.from(phantoms.train, ({row}) => row).filter((row) => row !== missing);
  const node = masks({study: {...study, dataset}});
  const {size, images} = await node.run({inventory: {splits: {train: {rows}}}}, context());
  assert.equal(size, 112);
  assert.deepEqual(
    images.map(({split, row}) => `${split}/${row}`),
    [...phantoms.test.map(({row}) => `test/${row}`), ...Array.from(rows, (row) => `train/${row}`)]
  );
  for (const {split, row, label, masks} of images.filter((_, i) => i % 7 === 1)) {
    const example = phantoms[split][row];
    assert.equal(label, example.label);
    const {outside, ...drawn} = masks;
    assert.deepEqual(drawn, await openAnnotations(phantoms).draw(example, size));
    assert.deepEqual(outside, outsideBody((await decodeGrey(example, size)).pixels, size));
  }
});

/** What an image's map has of its energy and its peak in some regions. */
type Shares = Partial<Record<(typeof regions)[number], number>>;
const table = (images: Shares[]) =>
  Float32Array.from(images.flatMap((shares) => regions.map((region) => shares[region] ?? NaN)));

interface Image {
  key: string;
  seen?: boolean;
  label?: number;
  predicted?: number;
  energy: Shares;
  hits?: Shares;
  /** Of a uniform map and of a centred one. */
  uniform: Shares;
  centre?: Shares;
}

/** The evaluation of some images; the references list them the other way round, and one more. */
function evaluated(images: Image[]) {
  const listed = [{key: "test/99", energy: {}, uniform: {lungs: 0.75}}, ...images.toReversed()];
  const of = (some: Image[], shares: (image: Image) => Shares | undefined) =>
    table(some.map((one) => shares(one) ?? {}));
  return attentionEvaluation(args).run(
    {
      attention: {
        keys: images.map(({key}) => key),
        seen: images.map(({seen = false}) => seen),
        labels: Int32Array.from(images, ({label = 0}) => label),
        predicted: Int32Array.from(images, ({predicted = 0}) => predicted),
        energy: of(images, ({energy}) => energy),
        hits: of(images, ({hits, energy}) => hits ?? energy)
      },
      references: {
        keys: listed.map(({key}) => key),
        uniform: {energy: of(listed, ({uniform}) => uniform), hits: of(listed, ({uniform}) => uniform)},
        centre: {energy: of(listed, ({centre}) => centre), hits: of(listed, ({centre}) => centre)}
      }
    },
    context()
  ) as Evaluation;
}
type Evaluation = Awaited<ReturnType<ReturnType<typeof attentionEvaluation>["run"]>>;

test("suspects are maps that lie mostly outside the lungs, the furthest outside first", () => {
  const far = {label: 2, predicted: 3};
  const {suspects} = evaluated([
    {key: "test/1", energy: {lungs: 0.875, "lung-boxes": 0.1}, uniform: {}},
    {key: "test/2", energy: {lungs: 0.25, "lung-boxes": 0.9}, uniform: {}},
    {key: "test/3", energy: {"lung-boxes": 0.125, outside: 0}, uniform: {}, ...far},
    {key: "test/4", energy: {outside: 0.625}, uniform: {}},
    {key: "test/5", energy: {outside: 0.375}, uniform: {}},
    {key: "test/6", energy: {lungs: 0.5}, uniform: {}},
    {key: "test/7", energy: {}, uniform: {}}
  ]);
  assert.deepEqual(suspects, [
    {key: "test/3", label: 2, predicted: 3, measure: "lung-boxes", share: 0.875},
    {key: "test/2", label: 0, predicted: 0, measure: "lungs", share: 0.75},
    {key: "test/4", label: 0, predicted: 0, measure: "outside", share: 0.625}
  ]);
});

test("each map is compared with what the others score on the same image, apart for images that the network has seen", () => {
  const {table} = evaluated([
    {key: "test/1", energy: {lungs: 0.75}, hits: {lungs: 1}, uniform: {lungs: 0.25}, centre: {lungs: 0.5}},
    {key: "test/2", energy: {lungs: 0.5}, hits: {lungs: 0}, uniform: {lungs: 0.125}, centre: {lungs: 0.25}},
    {key: "test/3", energy: {}, uniform: {lungs: 0.5}, centre: {lungs: 0.5}},
    {key: "test/4", energy: {outside: 0.25}, uniform: {outside: 0.5}, centre: {outside: 0.125}},
    {key: "train/1", seen: true, energy: {lungs: 1}, uniform: {lungs: 0.5}, centre: {lungs: 0.75}}
  ]);
  const values = table.map(({region, seen, images, energy, hits}) => ({
    ...{region, seen, images, n: energy.map.n, hits: hits.map.value},
    energy: [energy.map, energy.uniform, energy.centre, energy.gain].map(({value}) => value)
  }));
  assert.deepEqual(values, [
    {region: "lungs", seen: false, images: 3, n: 2, hits: 0.5, energy: [0.625, 0.1875, 0.375, 0.4375]},
    {region: "outside", seen: false, images: 1, n: 1, hits: 0.25, energy: [0.25, 0.5, 0.125, -0.25]},
    {region: "lungs", seen: true, images: 1, n: 1, hits: 1, energy: [1, 0.5, 0.75, 0.5]}
  ]);
  assert.equal(table[0].hits.gain.value, 0.5 - 0.1875);
});
