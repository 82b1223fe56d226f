import type {EpochRecord} from "./state.js";

/**
 * Nats above a guess: the right class then has, by the geometric mean, less than a hundredth of a guess's probability.
 */
const margin = 5;

/**
 * What shows that a training ended far worse than a guess that gives every class the same probability; undefined where
 * it did not. Looked at are the loss on validation in the epoch that was kept, and the training loss of the last: high
 * losses that were overcome do no harm.
 */
export function divergenceOf(epochs: readonly EpochRecord[], selected: number): string | undefined {
  const last = epochs[epochs.length - 1];
  const kept = epochs.find(({epoch}) => epoch === selected)!;
  const classes = last.perClass.length;
  const guess = Math.log(classes);
  const losses = [
    {what: "training loss of the last epoch", value: last.trainLoss},
    {what: "validation loss of the epoch that was kept", value: kept.validationLoss}
  ];
  const worst = losses.find(({value}) => !(value <= guess + margin));
  return (
    worst &&
    `The training diverged: the ${worst.what} is ${Number(worst.value.toPrecision(3))}, that of a ` +
      `guess among ${classes} classes ${guess.toFixed(2)}.`
  );
}
