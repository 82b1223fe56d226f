/** Rate and momentum of one step. */
export interface StepSettings {
  rate: number;
  momentum: number;
}

/**
 * The one-cycle schedule (Smith and Topin, 2018) exactly as in fastai v1 (`OneCycleScheduler`): over the first 30% of
 * the steps the rate rises along a cosine from `maxRate / 25` to `maxRate` while the momentum falls from 0.95 to 0.85;
 * then the rate falls along a cosine to `maxRate / 250000` and the momentum returns.
 * @param steps how many steps the cycle has
 */
export function oneCycle({maxRate, steps}: {maxRate: number; steps: number}): (step: number) => StepSettings {
  const rising = Math.floor(steps * 0.3);
  return (step) => {
    if (step < rising) {
      const share = step / rising;
      return {rate: cosine(maxRate / 25, maxRate, share), momentum: cosine(0.95, 0.85, share)};
    }
    const share = (step - rising) / Math.max(steps - rising, 1);
    return {rate: cosine(maxRate, maxRate / 25e4, share), momentum: cosine(0.85, 0.95, share)};
  };
}

/** Goes from `start` at share 0 to `end` at share 1 along half a cosine. */
const cosine = (start: number, end: number, share: number) =>
  end + ((start - end) / 2) * (Math.cos(Math.PI * share) + 1);
