import assert from "node:assert/strict";
import {test} from "node:test";
import {twins} from "../../../src/lib/study/twins.js";
import {classGainsOverSeeds, shareOf} from "../../../src/report/pretraining/class-gains.js";
import {shorten} from "../../../src/report/shared/rounding.js";
import {study} from "../../../src/study.js";
import {alone} from "../alone.js";

const differing = (value: number) => ({value, low: value - 0.1, high: value + 0.1, p: 0.1});
const comparison = (rare: number, common: number) => ({
  rarest: "rare",
  others: differing(common),
  classes: [
    {class: "rare", images: 2, recall: differing(rare), f1: differing(rare)},
    {class: "common", images: 20, recall: differing(common), f1: differing(common)}
  ]
});
const pairs = twins(study).filter(({pretrained}) => pretrained.id.startsWith("mobilenetv2-0.35-imagenet-"));
const gainsOf = (...of: ReturnType<typeof comparison>[]) =>
  alone(
    classGainsOverSeeds({study, pairs: pairs.slice(0, of.length)}),
    Object.fromEntries(of.map((one, i) => [`seed ${pairs[i].pretrained.seed}`, one]))
  );

test("differences by class stand seed by seed, with an interval over several seeds", () => {
  const one = gainsOf(comparison(0.3, 0.1));
  assert.equal(one.others.spread.interval, null);
  const {classes, others} = gainsOf(comparison(0.3, 0.1), comparison(0.5, 0.1));
  assert.equal(classes[0].recall.spread.mean, 0.4);
  assert.equal(classes[0].f1.spread.interval!.low < 0, true);
  assert.deepEqual(
    others.seeds.map(({seed}) => seed),
    [1, 2]
  );
});

test("the rarest class's share of a gain is null where nothing is gained", () => {
  assert.deepEqual(shorten(gainsOf(comparison(0.3, 0.1), comparison(0.1, -0.2)).shares), [0.75, null]);
});

test("a share says nothing of a sum that is tiny, or small beside the gains and losses that it is left over from", () => {
  assert.equal(shareOf(0, [0.3, 0.1])!.toFixed(2), "0.75");
  assert.equal(shareOf(0, [0.3, -0.05])!.toFixed(2), "1.20", "a loss that the gain outweighs");
  assert.equal(shareOf(0, [0.1, -0.0918]), null, "1218%");
  assert.equal(shareOf(0, [0.3, -0.15]), null);
  assert.equal(shareOf(0, [0.004, 0.004]), null, "a mean of 0.00");
  assert.equal(shareOf(0, [-0.3, -0.1]), null);
  assert.equal(shareOf(0, [0, 0]), null);
  for (let part = -1; part <= 1; part += 0.01) {
    const share = shareOf(0, [part, 0.2]);
    assert.ok(share === null || Math.abs(share) <= 1.5, `${share} of ${part}`);
  }
});

test("no class is the rarest where two have as few images", () => {
  const {classes, ...rest} = comparison(0.3, 0.1);
  const equal = {...rest, classes: classes.map((one) => ({...one, images: 6}))};
  const {rarest, shares} = gainsOf(equal);
  assert.deepEqual([rarest, shares], [null, [null]]);
});
