import {patientsOf} from "../../lib/dataset/patients.js";
import type {Inventory} from "../../lib/dataset/types.js";
import type {Predictions} from "../../lib/evaluation/evaluate.js";
import {argmax} from "../../lib/measures/predictions.js";
import {resolve} from "../../lib/pipeline/index.js";
import {inventory} from "../data/dataset.js";
import {predictions} from "../runs/run.js";
import {study} from "../../study.js";
import type {Suspicion} from "./evidence.js";
import {eachRun} from "../shared/support.js";

/** How many test images without COVID-19 every run takes for it, by collection. */
export async function sameSource(): Promise<Suspicion[]> {
  if (study.dataset.name !== "covidx") return [];
  const {value: images} = await resolve(inventory({study}));
  return eachRun(
    (run) => predictions({study, run}),
    ({value}, run) => suspicion(images, run.id, value)
  );
}

/**
 * How many images without COVID-19 are taken for it: of the children, whose hospital numbered its patients in series,
 * and of the adults' collection, which did not, and which all COVID-19 images are from.
 */
export function suspicion({classes, splits}: Inventory, run: string, predicted: Predictions): Suspicion {
  const {rows, families} = splits.test;
  const patients = patientsOf(splits.test);
  const places = new Map(Array.from(rows, (row, i) => [row, i]));
  const [disease, chosen] = [classes.indexOf("COVID-19"), argmax(predicted.probabilities, classes.length)];
  const without = Array.from(predicted.rows, (row, i) => ({
    place: places.get(row)!,
    label: predicted.labels[i],
    taken: chosen[i] === disease
  })).filter(({label}) => label !== disease);
  const counted = (some: typeof without) => ({
    k: some.filter(({taken}) => taken).length,
    n: some.length,
    patients: new Set(some.map(({place}) => patients[place])).size
  });
  return {
    run,
    adults: counted(without.filter(({place}) => families[place] < 0)),
    children: counted(without.filter(({place}) => families[place] >= 0))
  };
}
