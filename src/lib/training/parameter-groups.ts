import type * as tf from "@tensorflow/tfjs";
import type {Network} from "../models/network.js";
import type {ParameterGroup} from "./adam.js";
import {layerRates} from "./layer-rates.js";
import type {Phase} from "./procedure.js";

/**
 * All variables of a network by "layer/weight", in the architecture's groups from the input upwards; the head is the
 * last.
 */
export function parameterGroups({architecture, body, head}: Network): Map<string, tf.Variable>[] {
  const groups = [new Map<string, tf.Variable>()];
  for (const [name, variable] of body.variables) {
    if (architecture.groups[groups.length - 1] === layerOf(name)) groups.push(new Map());
    groups.at(-1)!.set(name, variable);
  }
  return [...groups, head.variables];
}

/** What a phase trains, and the layers whose batch norms keep their statistics. */
export interface Trained {
  /** Groups of parameters from the input upwards, with their share of the highest group's rate. */
  groups: ParameterGroup[];
  frozen: ReadonlySet<string>;
}

/**
 * Freezes a network up to a group of parameters. Of what is frozen, the batch norms' scales and shifts go on training
 * if the phase says so, by the batch's statistics, as `train_bn` does in fastai v1.
 */
export function trained(
  network: Network,
  {train, trainBatchNorm, maxRate}: Pick<Phase, "train" | "trainBatchNorm" | "maxRate">
): Trained {
  const all = parameterGroups(network);
  const first = {head: all.length - 1, upper: all.length - 2, all: 0}[train];
  const rates = layerRates(maxRate, all.length);
  const groups = all.map((variables, i) => ({
    variables: [...variables]
      .filter(([name, {trainable}]) => trainable && (i >= first || (trainBatchNorm && isBatchNorm(name))))
      .map(([, variable]) => variable),
    share: rates[i] / peakRate(maxRate)
  }));
  const frozen = trainBatchNorm ? [] : all.slice(0, first).flatMap((variables) => [...variables.keys()].map(layerOf));
  return {groups: groups.filter(({variables}) => variables.length > 0), frozen: new Set(frozen)};
}

/** The rate of the highest group of parameters at the schedule's peak. */
export const peakRate = (maxRate: Phase["maxRate"]) => (typeof maxRate === "number" ? maxRate : maxRate.high);

const layerOf = (name: string) => name.slice(0, name.lastIndexOf("/"));
const isBatchNorm = (name: string) => /\/(gamma|beta)$/.test(name);
