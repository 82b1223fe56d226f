import assert from "node:assert/strict";
import {test} from "node:test";
import reference from "../../../data/reference-values.json" with {type: "json"};
import {clopperPearson, wilson} from "../../../src/lib/measures/interval.js";
import {publishedIntervals} from "../../../src/report/results/published-intervals.js";
import {study} from "../../../src/study.js";
import {alone} from "../alone.js";

const covidNet = reference.results.find(({id}) => id === "covid-net")!;
const analyses = {...study.analyses, bootstrap: {resamples: 2000, seed: 1}};
const published = alone(publishedIntervals({study: {...study, analyses}, figures: covidNet}), {});

test("published scores have the intervals that scores of our own have", () => {
  const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-5, `${a} is not ${b}`);
  const {accuracy, perClass} = published;
  assert.deepEqual([accuracy.k, accuracy.n], [532, 637]);
  near(accuracy.low, wilson(532, 637).low);
  const covid = perClass.find((one) => one.class === "COVID-19")!;
  assert.deepEqual([covid.recall.k, covid.recall.n, covid.precision.n], [8, 8, 10]);
  near(covid.recall.low, clopperPearson(8, 8).low);
  near(covid.precision.high, clopperPearson(8, 10).high);
});

test("their values are those that the paper gives, within intervals that are as wide as so many images make them", () => {
  const theirs = {macroF1: "0.839", weightedF1: "0.837"};
  for (const name of ["macroF1", "weightedF1"] as const) {
    const {value, low, high} = published[name];
    assert.equal(value.toFixed(3), theirs[name]);
    assert.ok(low < value && value < high && high - low > 0.04 && high - low < 0.12, `${name}: ${low} to ${high}`);
  }
});
