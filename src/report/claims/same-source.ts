import {patientsOf} from "../../lib/dataset/patients.js";
import {clopperPearson} from "../../lib/measures/interval.js";
import {argmax} from "../../lib/measures/predictions.js";
import {stage} from "../../lib/pipeline/stage.js";
import {inventory} from "../data/dataset.js";
import {predictions} from "../runs/run.js";
import type {RunArgs} from "../runs/training.js";

/**
 * How many images without COVID-19 a run takes for it, with exact intervals: of the children, whose hospital numbered
 * its patients in series, and of the adults' collection, which did not, and which all COVID-19 images are from.
 */
export const suspicion = stage({
  name: "suspicion",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({images: inventory(args), predicted: predictions(args)}),
  params: {disease: "COVID-19"},
  run: ({images: {classes, splits}, predicted}, {disease}) => {
    const {rows, families} = splits.test;
    const patients = patientsOf(splits.test);
    const [asked, chosen] = [classes.indexOf(disease), argmax(predicted.probabilities, classes.length)];
    const without = Array.from(predicted.rows, (row, i) => ({place: rows.indexOf(row), i})).filter(
      ({i}) => predicted.labels[i] !== asked
    );
    const counted = (some: typeof without) => ({
      ...clopperPearson(some.filter(({i}) => chosen[i] === asked).length, some.length),
      patients: new Set(some.map(({place}) => patients[place])).size
    });
    return {
      adults: counted(without.filter(({place}) => families[place] < 0)),
      children: counted(without.filter(({place}) => families[place] >= 0))
    };
  }
});
