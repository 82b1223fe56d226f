import assert from "node:assert/strict";
import {test} from "node:test";
import {membersWithResults} from "../../src/loaders/ensemble-members.js";
import {ensembleMembers} from "../../src/stages/ensemble.js";
import {study} from "../../src/study.js";
import type {attempt} from "../../src/loaders/support.js";

test("an ensemble is of the members that have a result, in the study's order", async () => {
  const [absent, ...others] = ensembleMembers(study).map(({id}) => id);
  const get = (async ({id}: {id: string}) =>
    id === `evaluation/${absent}` ? {missing: "data"} : {value: id}) as unknown as typeof attempt;
  const found = await membersWithResults({get});
  assert.ok(others.length > 0, "the study joins several runs");
  assert.deepEqual(
    found.map(({run, result}) => [run.id, result.value]),
    others.map((id) => [id, `evaluation/${id}`])
  );
});
