import type {StudyArtifact} from "../../src/loaders/types.js";
import {percent} from "./format.js";
import type {Pair} from "./pretraining-gain.js";

type Runs = StudyArtifact["runs"];

const procedureOf = ({seeds}: Pair, runs: Runs) => runs.find(({id}) => id === seeds[0].pretrained)?.procedure;

/** A pair's network, with its procedure where the same network has pairs by several: "Xception, original". */
export function pairNetwork(pair: Pair, pairs: readonly Pair[], runs: Runs): string {
  const alike = pairs.filter(({network}) => network === pair.network);
  const procedures = new Set(alike.map((one) => procedureOf(one, runs)));
  return procedures.size > 1 ? `${pair.network}, ${procedureOf(pair, runs)}` : pair.network;
}

/** The share of the images that a pair trained on: "all images", "25% of the images". */
export const pairShare = ({fraction}: Pick<Pair, "fraction">): string =>
  fraction < 1 ? `${percent(fraction, 0)} of the images` : "all images";
