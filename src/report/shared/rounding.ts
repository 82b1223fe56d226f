import {percentage, significant} from "../../lib/measures/decimal.js";

/** More than any figure shows. */
const digits = 6;

/** What differs in later digits is the noise of sums and quotients: 0.3 - 0.1 is 0.2, and no less. */
const certain = 12;

/** Of numbers that have been of 32 bits: 0.9 is 0.89999998 there, and no less than 0.9. */
const certain32 = 7;

/**
 * A number with fewer significant digits, for pages to round again as if it were the number itself: the rest is left
 * off. Since pages round halves away from zero, that never changes what they show of fewer digits; rounded to the
 * nearest, 0.80497 would be 0.8050 here and 0.81 there.
 */
export function round(value: number, significant = digits): number {
  if (!Number.isFinite(value)) return value;
  const [mantissa, exponent] = Math.abs(value)
    .toExponential((Math.fround(value) === value ? certain32 : certain) - 1)
    .split("e");
  return Math.sign(value) * Number(`${mantissa.slice(0, 1 + significant)}e${exponent}`);
}

/** Numbers that are drawn, which takes fewer digits, and with which most of the artifacts' size is due to. */
export const rounded = (values: ArrayLike<number>, significant = 4) =>
  Array.from(values, (value) => round(value, significant));

/**
 * A probability of one of many images: three decimals are half of a file's size; smaller numbers keep two digits,
 * because a temperature makes large ones of them.
 */
export const brief = (p: number): number => (p < 0.001 ? round(p, 2) : round(p, 4 + Math.floor(Math.log10(p))));

/** A value with every fraction in it shortened, at any depth; whole numbers are counts and stay, as do typed arrays. */
export function shorten<T>(value: T, significant = digits): T {
  if (typeof value === "number") return (Number.isInteger(value) ? value : round(value, significant)) as T;
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((one) => shorten(one as unknown, significant)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shorten(one, significant)])) as T;
}

/** A number with so many significant digits. */
export const toSignificant = (value: number, digits: number): number =>
  Number(significant(value, digits).replace("−", "-"));

/** A share in whole percent. */
export const percent = (share: number): string => percentage(share, 0);
