import type {ClassGains} from "../../../src/report/pretraining/artifact.js";
import {className} from "../shared/classes.js";
import {difference} from "../claims/comparisons.js";
import {among, list, percent, plural, score} from "../shared/format.js";
import {deciding} from "./pretraining-gain.js";

/**
 * How much "of the gain" in macro F1 is the rarest class's, and what is left without it; nothing where no class is the
 * rarest.
 */
export function describeRarest(gains: readonly ClassGains[], lead = "Of the gain"): string {
  if (!gains.length || gains[0].rarest === null) return "";
  const [{rarest, classes}] = gains;
  const images = plural(classes.find((one) => one.class === rarest)!.images, "test image");
  const shares = gains.flatMap((one) => one.shares).filter((share) => share !== null);
  const of = shares.length
    ? `${among(shares, (share) => percent(share, 0))} comes from ${className(rarest)}, of which there are ${images}`
    : `what comes from ${className(rarest)} rests on ${images}`;
  return (
    `${lead}, ${of}: over the other classes the gain is ` +
    `${list(gains.map(({network, others}) => `${network} ${difference(deciding(others))}`))}.`
  );
}

/** Of which classes the pretrained run of every pair finds fewer images. */
export function describeFewer(gains: readonly ClassGains[]): string {
  const fewer = shifts(gains).filter(({values}) => values.every((value) => value < 0));
  return fewer.length
    ? `Of the class ${list(fewer.map(({name}) => className(name)))}, every pretrained run finds ` +
        "fewer images than its twin."
    : "";
}

/** How recall changes, class by class, over all pairs. */
export function describeRecalls(gains: readonly ClassGains[]): string {
  const words = shifts(gains).map(({name, values}) => {
    const sign = Math.sign(values[0]);
    const same = values.length && values.every((value) => Math.sign(value) === sign);
    const size = among(values.map(Math.abs), (value) => score(value));
    return same
      ? `${sign < 0 ? "falls" : "rises"} by ${size} in ${className(name)}`
      : `goes either way in ${className(name)} (${among(values, (value) => score(value))})`;
  });
  return words.length ? `In all pairs, seed by seed, recall ${list(words)}.` : "";
}

/** Of every class the differences in recall, one a pair of runs. */
const shifts = (gains: readonly ClassGains[]) =>
  (gains[0]?.classes ?? []).map(({class: name}, k) => ({
    name,
    values: gains.flatMap(({classes}) => classes[k].recall.seeds.map(({difference: {value}}) => value))
  }));
