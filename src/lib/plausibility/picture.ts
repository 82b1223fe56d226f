/** What a picture's grey values are like, whatever it shows. */
export interface Picture {
  /** Standard deviation, in grey values of 255. */
  spread: number;
  /**
   * Mean squared difference of neighbouring pixels, over that of pixels drawn at random: 1 for white noise, 0 for a
   * plain.
   */
  roughness: number;
  /** Share of the most common grey value. */
  commonest: number;
  /** Of the grey values' histogram, in bits. */
  entropy: number;
  /** Share of pixels that equal their neighbours to the right and below. */
  flat: number;
}

export type Statistic = keyof Picture;

/** Where the statistics of radiographs lie. */
export type Ranges = Record<Statistic, {low: number; high: number}>;

/**
 * Statistics of a grey picture, row-major [size, size], at the size at which a network sees it: grain depends on the
 * size, and what is lost at that size cannot mislead the network.
 */
export function pictureOf(pixels: Uint8Array, size: number): Picture {
  const histogram = new Float64Array(256);
  let [sum, squares, differences, flat] = [0, 0, 0, 0];
  for (let at = 0, y = 0; y < size; ++y) {
    for (let x = 0; x < size; ++x, ++at) {
      const value = pixels[at];
      histogram[value] += 1;
      sum += value;
      squares += value * value;
      const right = x + 1 < size ? pixels[at + 1] - value : 0;
      const below = y + 1 < size ? pixels[at + size] - value : 0;
      differences += right * right + below * below;
      if (right === 0 && below === 0) flat += 1;
    }
  }
  const variance = Math.max(0, squares / pixels.length - (sum / pixels.length) ** 2);
  return {
    spread: Math.sqrt(variance),
    roughness: variance > 0 ? differences / (4 * size * (size - 1) * variance) : 0,
    commonest: histogram.reduce((a, b) => Math.max(a, b)) / pixels.length,
    entropy: histogram.reduce((bits, n) => bits + (n > 0 ? (n / pixels.length) * Math.log2(pixels.length / n) : 0), 0),
    flat: flat / pixels.length
  };
}

/** The pictures of several images of one size. */
export const picturesOf = ({size, data}: {size: number; data: Uint8Array}): Picture[] =>
  Array.from({length: data.length / size ** 2}, (_, i) =>
    pictureOf(data.subarray(i * size ** 2, (i + 1) * size ** 2), size)
  );

/** The range of each statistic over some pictures, without the thousandth at each end. */
export function rangesOf(pictures: readonly Picture[]): Ranges {
  const range = (name: Statistic) => {
    const sorted = pictures.map((picture) => picture[name]).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
    return {low: at(0.001), high: at(0.999)};
  };
  return {
    spread: range("spread"),
    roughness: range("roughness"),
    commonest: range("commonest"),
    entropy: range("entropy"),
    flat: range("flat")
  };
}

/**
 * How far beyond the ranges of known radiographs another one may lie, as a factor either way: other devices, other
 * files.
 */
const margin = 2;

/** What of the statistics counts, on which side, and what lies there. */
const faults: {statistic: Statistic; side: "low" | "high"; words: string}[] = [
  {statistic: "spread", side: "low", words: "it has hardly any contrast"},
  {statistic: "commonest", side: "high", words: "much of it is of one grey value"},
  {statistic: "roughness", side: "low", words: "it is smoother than radiographs: blurred, or a plain gradient"},
  {statistic: "roughness", side: "high", words: "it is rougher than radiographs: noise, writing or a pattern"},
  {statistic: "flat", side: "high", words: "it has large plain areas, as drawings have"},
  {statistic: "entropy", side: "low", words: "it has few grey values, as writing and drawings have"},
  {statistic: "spread", side: "high", words: "it is black and white without greys between"}
];

/**
 * Why the pixels of a picture cannot be a radiograph's, given the ranges of several sets of them; undefined where they
 * can.
 */
export function pictureFault(picture: Picture, known: readonly Ranges[]): string | undefined {
  return faults.find(({statistic, side}) => {
    const limits = known.map((ranges) => ranges[statistic][side]);
    return side === "low"
      ? picture[statistic] < Math.min(...limits) / margin
      : picture[statistic] > Math.max(...limits) * margin;
  })?.words;
}

/** Mean difference between the strongest and the weakest of red, green and blue that a radiograph may have, of 255. */
const mostColour = 20;

/**
 * Why a picture's colour cannot be that of the study's images. A radiograph has none; a film's tint and a viewer's
 * marks have little.
 * @param known of the study's own images the colour that one in a thousand exceeds
 */
export const colourFault = (colour: number, known: number): string | undefined =>
  colour > Math.max(mostColour, known) ? "it is in colour" : undefined;
