import assert from "node:assert/strict";
import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {plan, procedures} from "../../src/experiments.js";
import {declarationHash, declarationOf, register, registrationOf} from "../../src/lib/study/register.js";

const [experiment] = plan.experiments;
const declared = declarationOf(plan, experiment, procedures);
const folder = () => mkdtempSync(join(tmpdir(), "registered-"));
const days = ["2026-12-01", "2026-12-02"].map((day) => new Date(`${day}T00:00:00Z`));

test("a declaration is frozen with its date and the commit, and stays while it does not change", () => {
  const path = folder();
  assert.deepEqual(register(path, [declared], {now: days[0]}), [`grid: registered, ${experiment.cells.length} runs`]);
  const frozen = registrationOf(path, "grid")!;
  assert.deepEqual([frozen.hash, frozen.date], [declarationHash(declared), days[0].toISOString()]);
  assert.match(frozen.commit ?? "none", /^([0-9a-f]{40}|none)$/);
  assert.match(register(path, [declared], {now: days[1]})[0], /registered on 2026-12-01.*, unchanged/);
  assert.deepEqual(registrationOf(path, "grid"), frozen);
});

test("a change of the hypothesis, of a procedure or of a run is another declaration, and is told", () => {
  const path = folder();
  register(path, [declared], {now: days[0]});
  const other = {
    ...declared,
    experiment: {...experiment, hypothesis: {...experiment.hypothesis, direction: "less" as const}}
  };
  const [procedure] = Object.keys(declared.procedures);
  const trained = {...declared, procedures: {...declared.procedures, [procedure]: {}}};
  assert.equal(
    new Set([declared, other, trained, {...declared, cells: declared.cells.slice(1)}].map(declarationHash)).size,
    4
  );
  assert.match(
    register(path, [other], {now: days[1]})[0],
    /registered anew; the declaration of 2026-12-01.* has changed/
  );
  assert.equal(registrationOf(path, "grid")!.date, days[1].toISOString());
});

test("a declaration holds the tasks and procedures of its own runs alone", () => {
  assert.deepEqual(Object.keys(declared.tasks), ["covidx-list"]);
  assert.deepEqual(Object.keys(declared.procedures).sort(), Object.keys(procedures).sort());
});

test("a registration that was edited is an error that names the file", () => {
  const path = folder();
  register(path, [declared]);
  const file = join(path, "registered/grid.json");
  writeFileSync(file, readFileSync(file, "utf8").replace('"greater"', '"less"'));
  assert.throws(() => registrationOf(path, "grid"), /grid\.json is not as it was written[^]*git checkout/);
});
