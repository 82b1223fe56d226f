import assert from "node:assert/strict";
import {cpSync, mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {openPublished} from "../../../src/lib/pipeline/published.js";
import {defineStudy} from "../../../src/lib/study/schema.js";
import {ensemble} from "../../../src/report/ensembles/ensemble.js";
import {probe} from "../../../src/report/results/probe.js";
import {predictions} from "../../../src/report/runs/run.js";
import {study} from "../../../src/study.js";

const [first, second, third] = study.runs;
const folder = mkdtempSync(join(tmpdir(), "published-"));
for (const stage of ["predictions", "validation-predictions"]) {
  for (const {id} of [first, second]) cpSync(`data/published/${stage}/${id}.json`, join(folder, stage, `${id}.json`));
}
// A result of the third run that answers another question.
const asked = predictions({study, run: third});
const {value, provenance} = openPublished("data/published").find(asked)!;
openPublished(folder).write(asked, {value, provenance: {...provenance, identity: "0".repeat(40)}});
process.env.PUBLISHED_DIR = folder;
const {inEveryBuild} = await import("../../../src/report/results/in-every-build.js");

test("every build has what is published, and what is computed from that alone", () => {
  assert.ok(inEveryBuild(predictions({study, run: first})));
  assert.ok(inEveryBuild(ensemble({study, members: [first, second], way: "tuned"})));
});

test("what answers another question, is not published, or needs data is not in every build", () => {
  assert.ok(!inEveryBuild(predictions({study, run: third})));
  assert.ok(!inEveryBuild(ensemble({study, members: [first, third], way: "tuned"})));
  assert.ok(!inEveryBuild(probe({study, model: "xception"})));
  const changed = defineStudy({
    ...study,
    procedures: {...study.procedures, [first.procedure]: {...study.procedures[first.procedure], testCopies: 5}}
  });
  assert.ok(!inEveryBuild(predictions({study: changed, run: first})));
  assert.ok(!inEveryBuild(predictions({study, run: first}).inputs.images));
});
