import {pick, toPositions} from "../dataset/rows.js";
import {type BootstrapOptions, bootstrapAll, bootstrapDifferences} from "../measures/bootstrap.js";
import {type Estimate, type EstimateWith, wilson} from "../measures/interval.js";
import {argmax} from "../measures/predictions.js";
import {weightedRocAuc} from "../measures/weighted.js";
import {byPatient} from "../measures/by-patient.js";
import type {Predictions} from "./predicted.js";

/**
 * Class probabilities of images that are labelled otherwise than in the study: `labels` are indices into `groups`,
 * which are the collection's own words. Equal numbers in `patients` are one patient.
 */
export interface ExternalPredictions extends Predictions {
  groups: readonly string[];
  patients: Int32Array;
}

/** Which of a collection's groups are healthy, and which of the study's classes says so. */
export interface Health {
  healthy: string;
  normal: string;
}

/** The same without some rows. */
export function withoutRows(predictions: ExternalPredictions, rows: ReadonlySet<number>): ExternalPredictions {
  const {labels, patients, probabilities, classes} = predictions;
  const kept = toPositions([...predictions.rows.keys()].filter((i) => !rows.has(predictions.rows[i])));
  return {
    ...predictions,
    rows: pick(predictions.rows, kept),
    labels: pick(labels, kept),
    patients: pick(patients, kept),
    probabilities: Float32Array.from(
      [...kept].flatMap((i) => Array.from(probabilities.subarray(i * classes.length, (i + 1) * classes.length)))
    )
  };
}

/** What the images of every group are taken for: the share of each class, with Wilson's interval. */
export function takenFor({labels, groups, patients, classes, probabilities}: ExternalPredictions) {
  const predicted = argmax(probabilities, classes.length);
  return groups.map((label, group) => {
    const images = Array.from(labels.keys()).filter((i) => labels[i] === group);
    const called = (k: number) => images.filter((i) => predicted[i] === k).length;
    return {
      label,
      images: images.length,
      patients: new Set(images.map((i) => patients[i])).size,
      takenFor: classes.map((_, k) => wilson(called(k), images.length))
    };
  });
}

/**
 * How well the probability of "normal" ranks the healthy before the others: the area under the receiver operating
 * characteristic, its interval over patients. Null where fewer than ten patients are on either side.
 */
export function healthyArea(
  predictions: ExternalPredictions,
  health: Health,
  options: BootstrapOptions
): Estimate | null {
  if (!isRanked(predictions, health)) return null;
  const area = areaOf(predictions, health);
  return bootstrapAll(...byPatient((weights) => [area(weights)], predictions), options)[0];
}

/**
 * By how much two networks differ on the same images, a less b: in the share of every group that they take for a class,
 * and in the area of `healthyArea`. The bootstrap is paired, over patients; groups of fewer than ten are left out.
 */
export function externalDifferences(
  a: ExternalPredictions,
  b: ExternalPredictions,
  {name, ...health}: Health & {name: string},
  options: BootstrapOptions
): {groups: {label: string; difference: EstimateWith<"p">}[]; area: EstimateWith<"p"> | null} {
  const statistics = (predictions: ExternalPredictions) => {
    const shares = sharesOf(predictions, predictions.classes.indexOf(name));
    const area = isRanked(predictions, health) ? areaOf(predictions, health) : undefined;
    return (weights: Float64Array) => [...shares(weights), ...(area ? [area(weights)] : [])];
  };
  const [ofA, ofB] = [statistics(a), statistics(b)];
  const differences = bootstrapDifferences(
    ...byPatient((weights) => {
      const second = ofB(weights);
      return ofA(weights).map((value, i) => value - second[i]);
    }, a),
    options
  );
  return {
    groups: a.groups.flatMap((label, i) =>
      patientsOf(a, (group) => group === label) < fewest ? [] : {label, difference: differences[i]}
    ),
    area: differences[a.groups.length] ?? null
  };
}

/** The share of every group's images that are taken for a class, given how often each image counts. */
function sharesOf({labels, groups, classes, probabilities}: ExternalPredictions, chosen: number) {
  const hits = argmax(probabilities, classes.length).map((k) => Number(k === chosen));
  return (weights: Float64Array) => {
    const [found, all] = [new Float64Array(groups.length), new Float64Array(groups.length)];
    for (let i = 0; i < labels.length; ++i) {
      all[labels[i]] += weights[i];
      found[labels[i]] += weights[i] * hits[i];
    }
    return Array.from(found, (count, group) => (all[group] ? count / all[group] : 0));
  };
}

/** A bootstrap of fewer patients says nothing. */
const fewest = 10;

/** How many patients have an image of a group that is asked for. */
const patientsOf = ({labels, groups, patients}: ExternalPredictions, asked: (group: string) => boolean): number =>
  new Set(patients.filter((_, i) => asked(groups[labels[i]]))).size;

const isRanked = (predictions: ExternalPredictions, {healthy}: Health): boolean =>
  patientsOf(predictions, (group) => group === healthy) >= fewest &&
  patientsOf(predictions, (group) => group !== healthy) >= fewest;

function areaOf({labels, groups, classes, probabilities}: ExternalPredictions, {healthy, normal}: Health) {
  const k = classes.indexOf(normal);
  const ofNormal = Float32Array.from(labels, (_, i) => probabilities[i * classes.length + k]);
  return weightedRocAuc(
    ofNormal,
    labels.map((group) => Number(groups[group] === healthy))
  );
}
