/**
 * How every number of the report is rounded: half away from zero, by the decimal digits that name it. 0.285 is 0.29,
 * though the binary fraction behind it is a little less, which `toFixed` goes by: a reader who rounds a number of a
 * download or of another page gets what is shown, and a difference the other way round differs in its sign alone. What
 * is rounded to zero has no sign.
 */
function written(value: number, options: Intl.NumberFormatOptions): string {
  // As a string: `Intl` takes a decimal number at its word. Later digits than the twelfth are the noise of sums and
  // quotients.
  const text = String(Number(value.toPrecision(12))) as Intl.StringNumericLiteral;
  return formatOf({useGrouping: false, signDisplay: "negative", ...options})
    .format(text)
    .replaceAll("-", "−");
}

const formats = new Map<string, Intl.NumberFormat>();

/** Formats are slow to make, and tables write thousands of numbers. */
function formatOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = JSON.stringify(options);
  const format = formats.get(name) ?? new Intl.NumberFormat("en-GB", options);
  formats.set(name, format);
  return format;
}

const decimals = (digits: number) => ({minimumFractionDigits: digits, maximumFractionDigits: digits});

/** With so many decimals: "0.81", "−5.96". */
export const fixed = (value: number, digits: number): string => written(value, decimals(digits));

/** A share in percent, with so many decimals: "81.2%". */
export const percentage = (share: number, digits: number): string =>
  written(share, {style: "percent", ...decimals(digits)});

/** With so many significant digits: "1.72", "412". */
export const significant = (value: number, digits: number): string =>
  written(value, {minimumSignificantDigits: digits, maximumSignificantDigits: digits});

/** In powers of ten, with so many decimals: "1.2e−3". */
export const scientific = (value: number, digits: number): string =>
  written(value, {notation: "scientific", ...decimals(digits)}).replace("E", "e");
