import {UserError} from "../support/errors.js";

/**
 * P-values corrected for that many tests (Holm 1979): those at most alpha are of hypotheses that can be rejected with a
 * chance of at most alpha that any of them is true. In the order given. Throws `UserError` for a value outside [0, 1].
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new UserError(`${wrong} is not a p-value.`, {hint: "Use numbers from 0 to 1."});
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const corrected = new Array<number>(pValues.length);
  let least = 0;
  order.forEach((i, rank) => {
    least = Math.max(least, Math.min(1, (pValues.length - rank) * pValues[i]));
    corrected[i] = least;
  });
  return corrected;
}

/**
 * P-values corrected for a family of tests that is stated, whatever else was tested besides: those of the family for
 * one another, every other one for the family and itself. So no test changes the verdict on one of the family by being
 * there or not. In the order given; where none is of the family, all are taken for one.
 */
export function holmWithin(pValues: readonly number[], isOfFamily: readonly boolean[]): number[] {
  const family = pValues.filter((_, i) => isOfFamily[i]);
  if (family.length === 0) return holm(pValues);
  const corrected = holm(family);
  let next = 0;
  return pValues.map((p, i) => (isOfFamily[i] ? corrected[next++] : holm([...family, p]).at(-1)!));
}
