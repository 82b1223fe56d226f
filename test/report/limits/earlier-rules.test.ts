import assert from "node:assert/strict";
import {test} from "node:test";
import {describeEarlier} from "../../../docs/components/limits/earlier-rules.js";
import type {Provenance} from "../../../src/lib/pipeline/types.js";
import {countEarlier} from "../../../src/report/limits/earlier-rules.js";

const result = (stage: string, revision: number | undefined, now = 2) => ({
  node: {stage, revision: now},
  result: {provenance: {revision} as Provenance}
});

test("results of an earlier revision are counted by stage, among all of the stage", () => {
  const found = [
    result("predictions", 1),
    result("predictions", 2),
    result("validation-predictions", 2),
    result("external-predictions", undefined)
  ];
  assert.deepEqual(countEarlier(found), [
    {stage: "predictions", results: 1, of: 2},
    {stage: "external-predictions", results: 1, of: 1}
  ]);
  assert.deepEqual(countEarlier([result("predictions", 2)]), []);
});

test("readers are told which numbers are old, and nothing where none is", () => {
  assert.equal(describeEarlier({earlier: []}), "");
  const told = describeEarlier({
    earlier: [
      {stage: "predictions", results: 33, of: 34},
      {stage: "validation-predictions", results: 3, of: 3}
    ]
  });
  assert.match(told, /computed 33 of 34 of test images and 3 of 3 of validation images: all scores of these/);
});
