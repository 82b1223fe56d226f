import assert from "node:assert/strict";
import {test} from "node:test";
import {text, texts} from "../dom.js";
import {
  describeLastPhases,
  augmentationWords,
  peakRate,
  phaseRows,
  phaseTable,
  settingRows,
  settingTable
} from "../../../docs/components/method/procedure-table.js";
import {departures, departureTable} from "../../../docs/components/method/study-2020.js";
import {planRows, planTable} from "../../../docs/components/method/study-plan.js";
import {filledIn} from "../../../src/lib/training/procedure.js";
import {study as real} from "../../../src/study.js";
import {inventory, study, summary} from "../fixtures.js";

const procedures = Object.entries(real.procedures).map(([id, procedure]) => ({
  id,
  ...procedure,
  phases: procedure.phases.map((phase) => filledIn(procedure, phase))
}));

test("every phase of the real study has a row, with the size that it takes from its procedure", () => {
  const rows = phaseRows(procedures);
  assert.equal(
    rows.length,
    procedures.reduce((sum, {phases}) => sum + phases.length, 0)
  );
  for (const {size, epochs, peakRate} of rows) assert.ok(size >= 32 && epochs > 0 && peakRate, "a setting is missing");
  assert.equal(phaseTable(procedures).querySelectorAll("tbody tr").length, rows.length);
});

test("rates are one number, or those of the input and the head", () => {
  assert.equal(peakRate({maxRate: 2e-3}), "2e−3");
  assert.equal(peakRate({maxRate: {high: 0.01}}), "0.01");
  assert.equal(peakRate({maxRate: {low: 1e-4, high: 1e-3}}), "1e−4 to 1e−3");
});

test("augmentation is put into words, or said to be absent", () => {
  const none = {flip: false, rotate: 0, zoom: 1, lighting: 0, warp: 0};
  assert.equal(augmentationWords(none), "none");
  assert.equal(
    augmentationWords({...none, flip: true, rotate: 10, cutout: {holes: [1, 4], length: [20, 50]}}),
    "mirrored, turned by up to 10° and 1 to 4 squares of 20 to 50 px blackened"
  );
});

test("the settings of all procedures stand side by side", () => {
  const rows = settingRows(procedures);
  for (const row of rows) assert.equal(Object.values(row).filter(Boolean).length, 1 + procedures.length, row.setting);
  const heads = texts(settingTable(procedures), "thead th");
  assert.deepEqual(heads, ["Setting", ...procedures.map(({id}) => id)]);
});

test("runs that differ in the seed alone are one line of the plan", () => {
  const runs = [
    summary("a", "imagenet"),
    summary("b", "imagenet", {seed: 2, available: false}),
    summary("c", "imagenet", {fraction: 0.25}),
    summary("d", "random")
  ];
  const rows = planRows(runs);
  assert.deepEqual(
    rows.map(({start, share, seeds, results, runs}) => [start, share, seeds, results, runs]),
    [
      ["ImageNet", "100%", "1 and 2", 1, 2],
      ["ImageNet", "25%", "1", 1, 1],
      ["random", "100%", "1", 1, 1]
    ]
  );
  assert.match(text(planTable(runs)), /1 of 2/);
});

test("what this study does beside the one of 2020 follows from its definition", () => {
  const declared = {...study([]), procedures};
  const ours = (what: string, more = {}) =>
    departures(declared, inventory(more)).find((row) => row.what === what)!.ours;
  assert.match(ours("Validation images"), /^530, drawn by class with seed 42$/);
  assert.match(
    ours("Validation images", {validation: {rows: "study-2020", train: 4000, validation: 529}}),
    /^the same, of which 529/
  );
  assert.match(ours("t-SNE"), /^perplexities 5 and 50, .* 1 random start/);
  assert.match(ours("Uncertainty"), /10,000 resamples/);
  const rows = departures(declared, inventory({}));
  assert.equal(departureTable(rows).querySelectorAll("tbody tr").length, rows.length);
});

test("procedures whose last phase has one epoch leave nothing to choose", () => {
  const [first] = procedures;
  const one = {...first, id: "short", phases: [...first.phases, {...first.phases[0], epochs: 1}]};
  const two = {...first, id: "long", phases: [{...first.phases[0], epochs: 2}]};
  assert.equal(describeLastPhases([two, one]), "The last phase of short has one epoch: there, nothing is chosen.");
  assert.equal(describeLastPhases([two]), "");
});
