import assert from "node:assert/strict";
import {before, test} from "node:test";
import {useBackend} from "../../src/lib/engine/backend.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture, architectures} from "../../src/lib/models/registry.js";
import {parameterGroups, peakRate, trained} from "../../src/lib/training/parameter-groups.js";

before(async () => void (await useBackend()));

const network = (id: string) => new Network(architecture(id), {classes: 4, size: 32, dropout: 0}, randomly(1));
const mobileNet = "mobilenetv2_0.35";

test("every network's variables fall into its groups, from the input upwards, and the head is the last", () => {
  for (const {id, groups} of architectures) {
    const each = network(id);
    const found = parameterGroups(each);
    assert.equal(found.length, groups.length + 2, id);
    assert.deepEqual(
      found.flatMap((variables) => [...variables.keys()]),
      [...each.variables.keys()]
    );
    groups.forEach((layer, i) => assert.ok([...found[i + 1].keys()][0].startsWith(`${layer}/`), `${id}: ${layer}`));
    each.dispose();
  }
});

test("what is frozen trains its batch norms' scales and shifts, or nothing at all", () => {
  const each = network(mobileNet);
  const [lower, upper, head] = parameterGroups(each);
  const namesOf = (trainBatchNorm: boolean, train: "head" | "upper" | "all") => {
    const variables = new Set(trained(each, {train, trainBatchNorm, maxRate: 1}).groups.flatMap((g) => g.variables));
    return (group: typeof lower) => [...group].filter(([, variable]) => variables.has(variable)).map(([name]) => name);
  };
  const count = (names: string[]) => names.length;
  const headAlone = namesOf(false, "head");
  assert.deepEqual([lower, upper].map(headAlone).map(count), [0, 0]);
  assert.equal(count(headAlone(head)), [...head.values()].filter(({trainable}) => trainable).length);
  const withNorms = namesOf(true, "head");
  assert.ok(count(withNorms(lower)) > 0, "batch norms train");
  assert.ok(
    withNorms(lower).every((name) => /\/(gamma|beta)$/.test(name)),
    `${withNorms(lower)}`
  );
  const upwards = namesOf(false, "upper");
  assert.deepEqual([count(upwards(lower)), upwards(upper).length], [0, namesOf(true, "all")(upper).length]);
  each.dispose();
});

test("batch norms keep their statistics in what is frozen, unless they train", () => {
  const each = network(mobileNet);
  const frozen = (trainBatchNorm: boolean, train: "head" | "upper" | "all") =>
    trained(each, {train, trainBatchNorm, maxRate: 1}).frozen;
  assert.equal(frozen(true, "head").size, 0);
  assert.equal(frozen(false, "all").size, 0);
  assert.ok(frozen(false, "upper").has("Conv1"), "the stem is frozen");
  assert.ok(!frozen(false, "upper").has("block_6_expand"), "the upper group is not");
  assert.ok(frozen(false, "head").has("block_6_expand"), "the whole body is");
  each.dispose();
});

test("rates spread geometrically from the lowest group to the head", () => {
  const each = network(mobileNet);
  const shares = (maxRate: number | {low?: number; high: number}) =>
    trained(each, {train: "all", trainBatchNorm: true, maxRate}).groups.map(({share}) => Number(share.toPrecision(6)));
  assert.deepEqual(shares(1e-3), [1, 1, 1]);
  assert.deepEqual(shares({low: 1e-6, high: 1e-4}), [0.01, 0.1, 1]);
  assert.deepEqual(shares({high: 1e-4}), [0.1, 0.1, 1]);
  assert.equal(peakRate({low: 1e-6, high: 1e-4}), 1e-4);
  each.dispose();
});
