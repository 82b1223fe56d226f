import {group, range} from "d3";
import type {Statistics, Strata} from "./bootstrap.js";

/**
 * Makes a bootstrap draw patients with all of their images, of which they may have several (a cluster bootstrap: Field
 * & Welsh 2007, doi:10.1111/j.1467-9868.2007.00593.x). It is stratified by the set of labels that a patient's images
 * bear, so that no label is ever without images.
 * @param statistics takes how often each image was drawn; its argument is overwritten by the next resample
 * @returns the first two arguments of `bootstrapAll` or `bootstrapDifferences`
 */
export function byPatient(
  statistics: (weights: Float64Array) => readonly number[],
  {labels, patients}: {labels: ArrayLike<string | number>; patients: ArrayLike<string | number>}
): [Statistics, Strata] {
  const images = [...group(range(patients.length), (i) => patients[i]).values()];
  const labelsOf = (own: number[]) => [...new Set(own.map((image) => labels[image]))].sort().join();
  const strata = [...group(images, labelsOf).values()];
  const weights = new Float64Array(patients.length);
  // Where the patient of every image stands.
  const [stratum, position] = [new Int32Array(patients.length), new Int32Array(patients.length)];
  strata.forEach((some, s) => some.forEach((images, p) => images.forEach((i) => ([stratum[i], position[i]] = [s, p]))));
  return [
    (counts) => {
      for (let i = 0; i < weights.length; ++i) weights[i] = counts[stratum[i]][position[i]];
      return statistics(weights);
    },
    strata.map((stratum) => stratum.map(() => 1))
  ];
}
