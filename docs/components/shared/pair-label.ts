import {percent} from "./format.js";
import type {Pair} from "../pretraining/pretraining-gain.js";

/** The share of the images that a pair trained on: "all images", "25% of the images". */
export const pairShare = ({fraction}: Pick<Pair, "fraction">): string =>
  fraction < 1 ? `${percent(fraction, 0)} of the images` : "all images";
