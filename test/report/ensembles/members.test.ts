import assert from "node:assert/strict";
import {test} from "node:test";
import {type Pipeline, share} from "../../../src/lib/pipeline/index.js";
import {Unavailable} from "../../../src/lib/pipeline/keys.js";
import type {Node} from "../../../src/lib/pipeline/types.js";
import {UserError} from "../../../src/lib/support/errors.js";
import {membersWithResults} from "../../../src/report/ensembles/members.js";
import {ensembleMembers} from "../../../src/report/ensembles/ensemble.js";
import {study} from "../../../src/study.js";

test("an ensemble is of the members that have a result, in the study's order", async () => {
  const [absent, ...others] = ensembleMembers(study).map(({id}) => id);
  const resolve = async (node: Node) => {
    if (node.id !== `evaluation/${absent}`) return {value: node.id};
    throw new UserError("There is none.", {cause: new Unavailable(node, {reason: "no data"})});
  };
  share({resolve} as unknown as Pipeline);
  const found = await membersWithResults();
  assert.ok(others.length > 0, "the study joins several runs");
  assert.deepEqual(
    found.map(({run, result}) => [run.id, result.value]),
    others.map((id) => [id, `evaluation/${id}`])
  );
});
