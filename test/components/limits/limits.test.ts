import assert from "node:assert/strict";
import {test} from "node:test";
import {announced, marks, text} from "../dom.js";
import {type Best, shiftPlot, shiftRows} from "../../../docs/components/limits/recall-shift.js";
import {
  describeMissed,
  describeRuns,
  describeSeries,
  describeShift,
  rowList
} from "../../../docs/components/limits/recall-shift-words.js";
import {describeCertain} from "../../../docs/components/limits/few-images.js";
import {about, run, source} from "../fixtures.js";

const of = (k: number, n: number, half = 0.05) => ({value: k / n, low: k / n - half, high: k / n + half, k, n});
const best: Best = {
  ...{run: "a", title: "Net", source},
  byClass: [
    {class: "normal", validation: of(95, 100), test: of(60, 100)},
    {class: "viral", validation: of(50, 100), test: of(80, 100)},
    {class: "bacteria", validation: of(90, 100), test: of(91, 100)},
    {class: "COVID-19", validation: null, test: of(1, 10)}
  ],
  bySeries: [
    {class: "normal", series: "IM", train: 600, validation: of(50, 50), test: of(29, 30)},
    {class: "viral", series: "person", train: 900, validation: of(50, 100), test: of(80, 100)},
    {class: "normal", series: "NORMAL2", train: 700, validation: of(45, 50), test: of(31, 70)}
  ]
};

test("recall is drawn for every class and series that has images, on both splits", () => {
  const rows = shiftRows(best);
  assert.equal(rows.length, 11);
  assert.ok(
    rows.some(({group}) => group === "Normal, series NORMAL2"),
    "a series is missing"
  );
  const chart = shiftPlot(best, {width: 500});
  assert.equal(marks(chart, "link").flatMap((group) => [...group.querySelectorAll("path")]).length, 11);
  announced(chart.querySelector("svg[role=img]") ?? chart);
});

test("only a fall or a rise beyond both intervals is said to be one", () => {
  assert.equal(
    describeShift(best),
    "From validation to test, Net, finds fewer of the class normal (from 95.0% (95/100) to 60.0% " +
      "(60/100)) and finds more of the class viral (from 50.0% (50/100) to 80.0% (80/100)), with 95% " +
      "intervals that do not overlap."
  );
  assert.match(
    describeShift({...best, byClass: best.byClass.slice(2)}),
    /on test is that on validation in every class/
  );
});

test("the series of a class are compared where there are two", () => {
  assert.match(
    describeSeries(best, "normal"),
    /IM \(600 images of the training list\) from 100\.0% to 96\.7% \(29\/30\) and NORMAL2/
  );
  assert.equal(describeSeries(best, "viral"), "");
  assert.doesNotMatch(describeSeries(best, "normal"), /falls in each/);
  const worse = best.bySeries.map((one) => ({...one, test: of(1, 30)}));
  assert.match(describeSeries({...best, bySeries: worse}, "normal"), /It falls in each/);
});

test("the recall of a class is told run by run", () => {
  assert.equal(describeRuns([run("a", about(0.8))], "viral"), "50.0% (1/2) by a");
});

test("the images that no run gets right are counted, and named by their rows", () => {
  const missed = {class: "normal", runs: 3, of: 234, rows: [3, 5], sources: []};
  assert.equal(
    describeMissed(missed),
    "0.9% (2/234) of the normal test images are taken for another class by all 3 runs that trained " +
      "on all images, whatever they start from."
  );
  assert.match(describeMissed({...missed, runs: 1}), /by the one run on all images\.$/);
  assert.match(text(rowList(missed.rows)), /3, 5$/);
});

test(
  "runs that find none or all of the rarest class are counted, with the exact interval that " +
    "resampling does not see",
  () => {
    const finding = (k: number) => {
      const result = run("a", about(0.8));
      result.perClass[0] = {...result.perClass[0], support: 1, recall: {...about(k / 2, 0.31), k, n: 2}};
      return result;
    };
    const said = describeCertain([finding(2), finding(1), finding(0)]);
    assert.match(said, /^Of 3 runs, 2 find none or all of the COVID-19 test images\..* of 2\/2 is 0\.69–1\.31: /);
    assert.equal(describeCertain([finding(1)]), "");
  }
);
