import {damaged} from "../decode/refusal.js";
import {depths, survey, whiteLevel} from "../decode/white-level.js";
import type {DataSet} from "./data-set.js";
import {tags} from "./tags.js";

/** A table of values (PS3.3, C.11.1.1): what lies before its first entry or behind its last one has their values. */
export interface Lookup {
  /** The value that has the first entry. */
  first: number;
  entries: Uint16Array;
}

/**
 * Reads a table from its item; its descriptor holds the number of entries, the first value and the bits of an entry.
 */
export function readLookup(
  item: DataSet,
  isSigned: boolean,
  [descriptor, data]: readonly [string, string] = lut
): Lookup {
  const element = item.elements[data];
  const count = item.uint16(descriptor, 0) || 65536;
  const first = (isSigned ? item.int16(descriptor, 1) : item.uint16(descriptor, 1)) ?? 0;
  if (!element || element.length < count) throw damaged();
  // Entries of 8 bits stand in bytes or in words, which the length tells.
  const entries = Uint16Array.from({length: count}, (_, i) =>
    element.length < 2 * count ? item.byteArray[element.dataOffset + i] : item.uint16(data, i)!
  );
  return {first, entries};
}

const lut = [tags.lutDescriptor, tags.lutData] as const;

export const lookUp = ({first, entries}: Lookup, value: number): number =>
  entries[Math.max(0, Math.min(entries.length - 1, Math.round(value) - first))];

/** The entry that is white: the depth that a table uses, which its descriptor often overstates. */
export const whiteEntry = ({entries}: Lookup): number => whiteLevel(survey(entries, depths), depths);
