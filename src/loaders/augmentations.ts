import type {Augmentation, Change} from "../lib/dataset/augment.js";
import {applyChange, drawChange} from "../lib/dataset/augment.js";
import type {DatasetSource} from "../lib/dataset/open.js";
import {stream} from "../lib/measures/random.js";
import {mixup} from "../lib/training/mixup.js";
import {study} from "../study.js";
import {round, rounded} from "../report/shared/rounding.js";
import {trainingImages} from "../report/training/training-images.js";
import type {AugmentationsArtifact} from "../report/training/artifact.js";

/** Side of a cell in pixels, and cells per line of the sheet. */
export const layout = {cell: 192, columns: 6};

const copies = 12;
const seed = 1;

/** The settings that are shown. */
interface Shown {
  title: string;
  augmentation: Augmentation;
  /** Alpha. */
  mixup: number;
}

/** What the procedure of the study's first run makes of training images. */
export default async (): Promise<AugmentationsArtifact> => (await illustrateStudy()).artifact;

/** The artifact and the pixels of its cells. */
export const illustrateStudy = () => illustrate(study.dataset, study.procedures[study.runs[0].procedure]);

/** The same for any dataset and settings. @returns cells as bytes, shape [n, cell, cell] */
export async function illustrate(
  source: DatasetSource,
  {title: procedure, augmentation, mixup: alpha}: Shown
): Promise<{artifact: AugmentationsArtifact; cells: Uint8Array}> {
  const {title: dataset, synthetic, images} = await trainingImages(source, layout.cell);
  const originals = images.map(({pixels}) => pixels);
  const changes = Array.from({length: copies}, (_, i) => drawChange(stream(seed, `copy ${i}`), augmentation));
  const pairs = mixPairs(originals, alpha);
  const cells = [
    ...originals,
    ...changes.map((change) => changed(originals[0], change)),
    ...pairs.map(({pixels}) => pixels)
  ];
  const artifact = {
    procedure,
    dataset,
    synthetic,
    sheet: {present: true, ...layout, row: [...cells.keys()]},
    originals: images.map(({class: name, row}, cell) => ({cell, class: name, row})),
    copies: changes.map((change, i) => ({cell: originals.length + i, ...summarize(change)})),
    alpha,
    mixes: pairs.map(({own, partner, share}, i) => ({cell: originals.length + copies + i, own, partner, share}))
  };
  return {artifact, cells: Buffer.concat(cells)};
}

function changed(pixels: Uint8Array, change: Change): Uint8Array {
  const target = new Float32Array(pixels.length);
  applyChange(pixels, target, layout.cell, change);
  return toBytes(target);
}

const toBytes = (values: Float32Array) => Uint8Array.from(values, (value) => Math.round(255 * value));

const summarize = ({mirrored, degrees, zoom, warp, brightness, contrast, holes}: Change) => ({
  mirrored,
  degrees: round(degrees),
  zoom: round(zoom),
  warp: rounded(warp),
  brightness: round(brightness),
  contrast: round(contrast),
  holes: holes.length
});

/** Mixes a batch in which each image is found four times; the first six that met another image, the most even first. */
function mixPairs(images: Uint8Array[], alpha: number) {
  if (alpha === 0) return [];
  const [n, area] = [images.length, images[0].length];
  const own = Array.from({length: 4 * n}, (_, i) => i % n);
  const values = Float32Array.from(Buffer.concat(own.map((image) => images[image])), (level) => level / 255);
  const targets = Float32Array.from({length: own.length * n}, (_, i) => Number(own[Math.floor(i / n)] === i % n));
  const mixed = mixup({values, targets}, own.length, alpha, stream(seed, "mixup"));
  const pairs = own.map((image, i) => {
    const shares = mixed.targets.subarray(i * n, (i + 1) * n);
    const partner = shares.findIndex((share, other) => other !== image && share > 0);
    const pixels = toBytes(mixed.values.subarray(i * area, (i + 1) * area));
    return {own: image, partner, share: round(shares[image]), pixels};
  });
  return pairs
    .filter(({partner}) => partner >= 0)
    .slice(0, layout.columns)
    .sort((a, b) => a.share - b.share);
}
