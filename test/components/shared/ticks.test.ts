import assert from "node:assert/strict";
import {test} from "node:test";
import {marks, texts} from "../dom.js";
import {answerPlot, gainRows} from "../../../docs/components/home/answer-plot.js";
import {classGainPlot} from "../../../docs/components/pretraining/class-gains.js";
import {epochCurves} from "../../../docs/components/training/curves.js";
import {wholeTicks} from "../../../docs/components/shared/plot.js";
import {pretrainingGain} from "../../../docs/components/pretraining/pretraining-gain.js";
import {startCurves} from "../../../docs/components/pretraining/start-curves.js";
import {stepCurve} from "../../../docs/components/training/step-curve.js";
import {classGains, pair, trained} from "../fixtures.js";

/** What the ticks of a chart's horizontal axis say, of each panel's own. */
const labels = (chart: Element) => marks(chart, "x-axis tick label").map((axis) => texts(axis, "text").filter(Boolean));

const rates = (n: number) => Array.from({length: n}, (_, i) => i + 1);
/** A pair of one seed whose difference has an interval that is so wide. */
const within = (low: number, high: number) => {
  const one = pair("A", [(low + high) / 2]);
  return {...one, seeds: [{...one.seeds[0], difference: {value: (low + high) / 2, low, high, p: 1}}]};
};
const charts: Record<string, (width: number) => Element> = {
  "the answer, within a tenth": (width) => answerPlot(gainRows([within(-0.03, 0.07)]), {width}),
  "the answer, within a half": (width) => answerPlot(gainRows([within(0, 0.4)]), {width}),
  "gains by pair": (width) => pretrainingGain([within(0, 0.02)], {width}),
  "gains by class": (width) =>
    classGainPlot([classGains("A", [0.02], [[0.02], [0.02], [0.02], [0.02]])], "f1", {width}),
  "two epochs": (width) => startCurves([trained("a", "random")], {width, starts: ["random"]}),
  "six epochs": (width) =>
    startCurves([trained("a", "random", {validation: rates(6).map(() => 0.5)})], {width, starts: ["random"]}),
  "three steps": (width) => stepCurve(rates(3), [0.1, 0.2, 0.1], {width, label: "Rate", phases: []}),
  "two epochs of a run": (width) =>
    epochCurves(
      rates(2).map((epoch) => ({epoch}) as never),
      [{label: "loss", value: () => 1, stroke: "red"}],
      {width, label: "Loss", phases: []}
    )
};

for (const [name, draw] of Object.entries(charts)) {
  test(`no two ticks of an axis read alike: ${name}`, () => {
    for (const width of [330, 420, 640, 900]) {
      for (const axis of labels(draw(width))) {
        assert.ok(axis.length > 0);
        assert.deepEqual(axis, [...new Set(axis)], `at ${width} px`);
      }
    }
  });
}

test("epochs and steps are counted at whole numbers", () => {
  assert.deepEqual(wholeTicks(1, 2), [1, 2]);
  assert.deepEqual(wholeTicks(1, 6), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(wholeTicks(3, 3), [3]);
  assert.ok(wholeTicks(1, 100).length <= 12);
});
