import assert from "node:assert/strict";
import {test} from "node:test";
import {clopperPearson} from "../../../src/lib/measures/interval.js";
import {suspicion} from "../../../src/report/claims/same-source.js";
import {study} from "../../../src/study.js";
import {alone, sureOf} from "../alone.js";

const [covid, viral, normal] = [0, 1, 2];
const column = (values: number[]) => Int32Array.from(values);
/** Rows 3 to 8: one adult with COVID-19, two images of one adult without, three children. */
const images = {
  classes: ["COVID-19", "viral", "normal"],
  splits: {
    test: {
      rows: column([3, 4, 5, 6, 7, 8]),
      families: column([-1, -1, -1, 0, 0, 1]),
      patients: column([0, 1, 1, 2, 3, 4])
    }
  }
};
const labels = [covid, viral, viral, normal, normal, viral];

test("images without COVID-19 are counted by the collection that they are from", () => {
  const taken = [covid, covid, viral, normal, covid, normal];
  const predicted = sureOf(taken, labels, {classes: images.classes, rows: [3, 4, 5, 6, 7, 8]});
  assert.deepEqual(alone(suspicion({study, run: study.runs[0]}), {images, predicted}), {
    adults: {...clopperPearson(1, 2), patients: 1},
    children: {...clopperPearson(1, 3), patients: 3}
  });
});
