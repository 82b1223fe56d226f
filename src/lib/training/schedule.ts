import type {StepSettings} from "./one-cycle.js";
import {oneCycle} from "./one-cycle.js";
import {peakRate} from "./parameter-groups.js";
import {plateauScale} from "./plateau.js";
import type {Phase} from "./procedure.js";

/** Adam's momentum without a cycle (Kingma and Ba, 2015). */
export const constantMomentum = 0.9;

/**
 * Rate of the highest group of parameters, and momentum, of the steps of an epoch.
 * @param losses validation losses of the phase's epochs so far; the epoch is the one after them
 */
export function scheduleOf(
  phase: Phase,
  stepsPerEpoch: number,
  losses: readonly number[]
): (step: number) => StepSettings {
  const maxRate = peakRate(phase.maxRate);
  const {schedule, epochs} = phase;
  if (schedule === "one-cycle") {
    const cycle = oneCycle({maxRate, steps: stepsPerEpoch * epochs});
    return (step) => cycle(losses.length * stepsPerEpoch + step);
  }
  const rate = maxRate * plateauScale(losses, schedule);
  return () => ({rate, momentum: constantMomentum});
}
