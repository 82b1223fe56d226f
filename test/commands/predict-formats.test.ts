import assert from "node:assert/strict";
import {test} from "node:test";
import {csvParse} from "d3";
import {ownId} from "../../src/lib/dataset/own-images.js";
import {toRows} from "../../src/lib/dataset/rows.js";
import {columns, commaSeparated, jsonLines, metricsTable} from "../../src/commands/predict-formats.js";
import {evaluate} from "../../src/lib/evaluation/evaluate.js";
import type {Classified} from "../../src/report/predict/classifier.js";

const classes = ["COVID-19", "normal"];
const options = {classes, width: 8};
const near: Classified = {
  id: ownId("near.png"),
  path: "/near.png",
  label: 1,
  probabilities: [0.123456, 0.876544],
  verdict: {distance: 51.23456, share: 0.25, reasons: []}
};
const odd: Classified = {
  id: ownId("a, b.png"),
  path: "/a, b.png",
  probabilities: [0.9, 0.1],
  verdict: {distance: 900, share: 1, reasons: ["it is in colour", "it looks like a negative"]}
};
const alone: Classified = {id: ownId("c.png"), path: "/c.png", probabilities: [0.4, 0.6]};
const unread: Classified = {id: ownId("d.png"), path: "/d.png", label: 0, error: "not an image"};

test("JSON has the classes by name, four digits, and no folder of this machine", () => {
  const {image, header} = jsonLines(options);
  assert.equal(header, undefined);
  assert.deepEqual(JSON.parse(image(near)), {
    file: "near.png",
    class: "normal",
    flagged: false,
    far: false,
    predicted: "normal",
    probabilities: {"COVID-19": 0.1235, normal: 0.8765},
    distance: 51.23,
    share: 0.25
  });
  const {flagged, reason, far, probabilities} = JSON.parse(image(odd));
  assert.deepEqual([flagged, reason, far], [true, "it is in colour; it looks like a negative", true]);
  assert.deepEqual(probabilities, {"COVID-19": 0.9, normal: 0.1}, "a flagged image still gets its numbers");
  assert.match(image(odd), /reason.*probabilities/, "behind the warning");
  assert.deepEqual(JSON.parse(image(alone)), {
    file: "c.png",
    predicted: "normal",
    probabilities: {"COVID-19": 0.4, normal: 0.6}
  });
  assert.deepEqual(JSON.parse(image(unread)), {
    ...{file: "d.png", class: "COVID-19", flagged: true, reason: "not an image", far: true, predicted: null},
    ...{probabilities: {"COVID-19": 0, normal: 0}, error: "not an image"}
  });
});

test("comma-separated values have the same columns in every row, and quote what holds a comma", () => {
  const {image, header} = commaSeparated(options);
  const rows = csvParse([header, ...[near, odd, alone, unread].map(image)].join("\n"));
  assert.deepEqual(rows.columns, [
    "file",
    "class",
    "flagged",
    "reason",
    "predicted",
    ...classes,
    "distance",
    "nearer",
    "error"
  ]);
  assert.deepEqual(
    {...rows[1]},
    {
      file: "a, b.png",
      class: "",
      flagged: "true",
      reason: "it is in colour; it looks like a negative",
      predicted: "COVID-19",
      "COVID-19": "0.9",
      normal: "0.1",
      distance: "900",
      nearer: "1",
      error: ""
    }
  );
  assert.deepEqual(
    [rows[0].class, rows[0].flagged, rows[2].flagged, rows[2].distance, rows[2].error],
    ["normal", "false", "", "", ""]
  );
  assert.deepEqual([rows[3].class, rows[3].predicted, rows[3].error], ["COVID-19", "", "not an image"]);
});

test("names of files and classes are no formulas to a spreadsheet, and steer no terminal", () => {
  const named = {classes: ["=1+1", "normal"], width: 8};
  const evil = {...near, id: ownId("=cmd()\u001b[2J.png"), label: 0};
  const {image, header} = commaSeparated(named);
  assert.match(header!, /^file,class,flagged,reason,predicted,'=1\+1,normal,/);
  assert.match(image(evil), /^'=cmd\(\).*,'=1\+1,false,,normal,0\.1235,0\.8765,51\.23,/);
  assert.match(columns(named).image({...evil, id: ownId("a\n\u001b[2J.png")}), /^a\\u000a\\u001b\[2J\.png /);
});

test("a table's columns are aligned, and a flag with its reason stands before the numbers", () => {
  const {image, header} = columns(options);
  const [warning, behind] = image(odd).split("\n");
  const lines = [header!, image(near), behind, image(alone)];
  const [first, ...rest] = lines.map((line) => line.indexOf(/0\.\d{3}/.exec(line)?.[0] ?? "COVID-19"));
  assert.ok(
    rest.every((at) => at === first + "COVID-19".length - "0.000".length),
    `${[first, ...rest]}`
  );
  assert.match(warning, /^a, b\.png +FLAGGED: it is in colour; it looks like a negative$/);
  assert.doesNotMatch(image(near) + image(alone), /FLAGGED/);
  assert.match(image(near), /25% nearer, {2}75% farther$/);
  assert.match(image(unread), /d\.png +not read: not an image/);
});

test("numbers are rounded half away from zero by the decimal digits that name them", () => {
  const halves = {...near, probabilities: [0.2845, 0.7155], verdict: {distance: 1.0005, share: 0.285, reasons: []}};
  assert.match(columns(options).image(halves as Classified), / 0\.285 +0\.716 +29% nearer, {2}72% farther$/);
  const {probabilities, distance} = JSON.parse(jsonLines(options).image(halves as Classified));
  assert.deepEqual([Object.values(probabilities), distance], [[0.2845, 0.7155], 1.001]);
});

test("no rounding says that all or none of the validation images are nearer where some are not", () => {
  const {image} = columns(options);
  const at = (share: number) => image({...near, verdict: {distance: 1, share, reasons: []}} as Classified);
  assert.match(at(0.998), /99% nearer, {3}1% farther$/);
  assert.match(at(0.002), / 1% nearer, {2}99% farther$/);
  assert.match(at(1), /100% nearer, {3}0% farther$/);
  assert.match(at(0), / 0% nearer, 100% farther$/);
});

test("metrics are told with their intervals, and those of a class without images are left out", () => {
  const measured = evaluate(
    {
      rows: toRows(Int32Array.of(0, 1, 2)),
      labels: Int32Array.of(1, 1, 1),
      classes,
      probabilities: Float32Array.of(0.2, 0.8, 0.3, 0.7, 0.6, 0.4)
    },
    {resamples: 100, seed: 1}
  );
  const text = columns(options).metrics!(measured);
  assert.match(
    text,
    /3 images whose class is known[^]*accuracy +0\.667 \(0\.\d+ to 0\.\d+, 2\/3\)[^]*normal: recall +0\.667/
  );
  assert.doesNotMatch(text, /COVID-19: recall/);
  assert.deepEqual(JSON.parse(jsonLines(options).metrics!(measured)).metrics.confusion, [
    [0, 0],
    [1, 2]
  ]);
});

test(
  "where the images are of some classes only, right predictions have means of 1, and the classes " +
    "left out are named",
  () => {
    const three = ["COVID-19", "normal", "viral"];
    const measured = evaluate(
      {
        rows: toRows(Int32Array.of(0, 1, 2)),
        labels: Int32Array.of(1, 1, 2),
        classes: three,
        probabilities: Float32Array.of(0.1, 0.8, 0.1, 0, 1, 0, 0.1, 0.2, 0.7)
      },
      {resamples: 100, seed: 1}
    );
    for (const name of ["macroF1", "macroRecall", "macroPrecision"] as const)
      assert.equal(measured.overall[name].value, 1);
    assert.match(metricsTable(measured), /macro F1 +1\.000[^]*no image is or is taken for COVID-19\.$/);
    const {metrics} = JSON.parse(jsonLines({classes: three, width: 8}).metrics!(measured)) as {
      metrics: {absent: string[]};
    };
    assert.deepEqual(metrics.absent, ["COVID-19"]);
  }
);
