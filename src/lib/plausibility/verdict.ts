import type {Scores} from "./detector.js";
import {colourFault, type Picture, pictureFault, type Ranges} from "./picture.js";

/**
 * Radiographs that a detector was not fitted to: what it says of them, in ascending order, and the ranges of their
 * pixels.
 */
export interface Held {
  distance: Float32Array;
  odds: Float32Array;
  picture: Ranges;
}

/** Held radiographs by their scores. */
export const heldOf = (picture: Ranges, scores: readonly Scores[]): Held => ({
  distance: Float32Array.from(scores, ({distance}) => distance).sort(),
  odds: Float32Array.from(scores, ({odds}) => odds).sort(),
  picture
});

/** Beyond which scores an image is flagged. */
export interface Limits {
  near: number;
  far: number;
  odds: number;
  picture: readonly Ranges[];
  /** Mean colour, of 255, that few of the study's own images exceed. */
  colour: number;
}

/** An image before a network is asked, and what its features say. */
export interface Seen {
  picture: Picture;
  /** Mean difference between the strongest and the weakest of red, green and blue, of 255. */
  colour: number;
  scores: Scores;
}

export interface Verdict {
  /** Why it is no upright frontal radiograph like those of the study; empty where nothing speaks against it. */
  reasons: string[];
  distance: number;
  /** The share of the validation images that are nearer to the training images. */
  share: number;
}

/** Of each set of radiographs, the share that may be beyond a limit. */
export const toleratedShare = 0.02;
/**
 * Of each set, the share that may be nearer than anything else: what is nearer than all has no features of a radiograph
 * at all.
 */
const nearestShare = 0.002;

const quantile = (sorted: Float32Array, share: number) => sorted[Math.round(share * (sorted.length - 1))];

/** Limits that each of several sets of radiographs keeps but for a small share. */
export function limitsOf(held: readonly Held[], colour: number, tolerated = toleratedShare): Limits {
  const largest = (name: "distance" | "odds") => Math.max(...held.map((set) => quantile(set[name], 1 - tolerated)));
  return {
    near: Math.min(...held.map(({distance}) => quantile(distance, nearestShare))),
    far: largest("distance"),
    odds: largest("odds"),
    picture: held.map(({picture}) => picture),
    colour
  };
}

const likeness: Record<string, string> = {
  negated: "a negative",
  "on its side": "a radiograph on its side",
  "upside down": "a radiograph upside down",
  "a part": "a part of a radiograph",
  blurred: "a blurred radiograph",
  noisy: "a radiograph under noise"
};

/** Why an image's pixels speak against it, before any network is asked. */
export const pixelFaults = ({picture, colour}: Pick<Seen, "picture" | "colour">, limits: Limits): string[] =>
  [colourFault(colour, limits.colour), pictureFault(picture, limits.picture)].filter((fault) => fault !== undefined);

/** Why an image's features speak against it. */
export const featureFaults = ({distance, odds, kind}: Scores, limits: Limits): string[] => [
  ...(distance > limits.far ? ["it is unlike the training images"] : []),
  ...(distance < limits.near ? ["it is closer to the training images' mean than any radiograph"] : []),
  ...(odds > limits.odds ? [`it is more like ${likeness[kind] ?? kind} than an upright frontal radiograph`] : [])
];

/** Judges an image, pixels first, and says where it stands among the validation images. */
export function judge(seen: Seen, limits: Limits, validation: Held): Verdict {
  const {distance} = seen.scores;
  const nearer = validation.distance.filter((other) => other < distance).length;
  return {
    reasons: [...pixelFaults(seen, limits), ...featureFaults(seen.scores, limits)],
    distance,
    share: nearer / validation.distance.length
  };
}
