import type {DataSet} from "./data-set.js";
import type {Header} from "./header.js";
import {type Lookup, lookUp, readLookup, whiteEntry} from "./lookup.js";
import {tags} from "./tags.js";

/** A value on a scale from 0, the darkest, to 1. */
type Transfer = (value: number) => number;

/** How stored values become grey levels on a screen (PS3.4, N.2). */
export interface Display {
  /** The modality's transformation: stored values to the quantity that was measured. */
  measured: Transfer;
  /** The window or table that the file asks for first; absent where it has none. */
  shown?: Transfer;
  /** Whether 0 is white. */
  isInverted: boolean;
  isPadding(stored: number): boolean;
}

export function readDisplay(dataSet: DataSet, {isSigned, photometric}: Header): Display {
  const groups = functionalGroups(dataSet);
  const find = (tag: string) => groups.find(({elements}) => elements[tag]);
  const lutOf = (tag: string, signed: boolean) => {
    const item = find(tag)?.elements[tag].items?.[0]?.dataSet;
    return item && readLookup(item, signed);
  };
  const modality = lutOf(tags.modalityLuts, isSigned);
  const number = (tag: string) => find(tag)?.floatString(tag);
  const [slope, intercept] = [number(tags.rescaleSlope) || 1, number(tags.rescaleIntercept) ?? 0];
  // A table maps what the modality gives, which is signed where it can be.
  const voi = lutOf(tags.voiLuts, isSigned || intercept < 0);
  return {
    measured: modality ? (value) => lookUp(modality, value) : (value) => slope * value + intercept,
    shown: voi ? byTable(voi) : readWindow(find(tags.windowCenter) ?? dataSet),
    isInverted: photometric === "MONOCHROME1",
    isPadding: readPadding(dataSet, isSigned)
  };
}

/**
 * The places where attributes stand: at the top, or in the groups of the first frame and of all frames of an enhanced
 * image.
 */
function functionalGroups(dataSet: DataSet): DataSet[] {
  const items = [tags.frameGroups, tags.sharedGroups].flatMap(
    (tag) => dataSet.elements[tag]?.items?.[0]?.dataSet ?? []
  );
  const macros = items.flatMap(({elements}) => Object.values(elements).flatMap(({items}) => items?.[0]?.dataSet ?? []));
  return [dataSet, ...macros];
}

function byTable(table: Lookup): Transfer {
  const white = whiteEntry(table);
  return (value) => lookUp(table, value) / white;
}

/** The first window of several; undefined where there is none, or one without width. */
function readWindow(dataSet: DataSet): Transfer | undefined {
  const [center, width] = [dataSet.floatString(tags.windowCenter), dataSet.floatString(tags.windowWidth)];
  if (center === undefined || width === undefined || !Number.isFinite(center) || !(width > 0)) return undefined;
  const kind = dataSet.string(tags.voiLutFunction);
  return kind !== "SIGMOID" && kind !== "LINEAR_EXACT" && width < 1 ? undefined : windowOf(center, width, kind);
}

/** The functions of PS3.3, C.11.2.1.2 and C.11.2.1.3. */
function windowOf(center: number, width: number, kind = "LINEAR"): Transfer {
  if (kind === "SIGMOID") return (value) => 1 / (1 + Math.exp((-4 * (value - center)) / width));
  if (kind === "LINEAR_EXACT") return (value) => clamp((value - center) / width + 0.5);
  // Of width 1, a step.
  if (width === 1) return (value) => Number(value > center - 0.5);
  return (value) => clamp((value - (center - 0.5)) / (width - 1) + 0.5);
}

const clamp = (value: number) => Math.max(0, Math.min(1, value));

/** Whether a stored value is none of the image: that which fills up the edges, or a range of such. */
function readPadding(dataSet: DataSet, isSigned: boolean): (stored: number) => boolean {
  const read = (tag: string) => (isSigned ? dataSet.int16(tag) : dataSet.uint16(tag));
  const value = read(tags.pixelPadding);
  if (value === undefined) return () => false;
  const limit = read(tags.pixelPaddingLimit) ?? value;
  const [from, to] = [Math.min(value, limit), Math.max(value, limit)];
  return (stored) => stored >= from && stored <= to;
}
