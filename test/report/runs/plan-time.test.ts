import assert from "node:assert/strict";
import {test} from "node:test";
import {firstLook} from "../../../src/first-look.js";
import {defineStudy} from "../../../src/lib/study/schema.js";
import {passesOf, secondsOf} from "../../../src/report/runs/plan-time.js";
import {study as real} from "../../../src/study.js";

const study = defineStudy({
  ...real,
  dataset: {name: "phantom"},
  validation: {fraction: 0.1, seed: 42, groupByPatient: false},
  ...firstLook()
});
const runs = study.runs.slice(0, 1);
const sizes = {train: 216, validation: 24, test: 160};

test(
  "what a plan does grows with its epochs, its image sizes and its images, and twice the runs " +
    "take twice the passes",
  () => {
    const [id] = Object.keys(study.procedures).filter((id) => id === runs[0].procedure);
    const {forward, read} = passesOf({...study, runs}, sizes);
    const procedure = study.procedures[id];
    const longer = {...procedure, phases: [...procedure.phases, {...procedure.phases[1], epochs: 10}]};
    const more = passesOf({...study, runs, procedures: {[id]: longer}}, sizes).forward - forward;
    assert.equal(Math.round(more), 5 * 10 * 216, "ten more epochs at the predicted size");
    const twice = passesOf({...study, runs: [...runs, {...runs[0], seed: 2}]}, sizes);
    const once = forward - (216 + 24 + 160);
    assert.deepEqual([Math.round(twice.forward - forward), twice.read], [Math.round(once), read]);
    assert.ok(passesOf({...study, runs}, {...sizes, test: 320}).forward > forward);
  }
);

test("a machine that is twice as fast takes half as long for what depends on images", () => {
  const passes = passesOf({...study, runs}, sizes);
  const none = secondsOf({read: 0, forward: 0}, {read: 1, forward: 1}, 1);
  const of = (factor: number) => secondsOf(passes, {read: 40 * factor, forward: 300 * factor}, 1) - none;
  assert.ok(Math.abs(of(1) / of(2) - 2) < 1e-9 && of(1) > 0);
});
