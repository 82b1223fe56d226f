import {greatest} from "d3";

/** What has predicted the validation images, or null. */
export interface Validated {
  validation: {weightedF1: number} | null;
}

/**
 * What chooses between runs, as in the study of 2020: the weighted F1 of the validation predictions. Below all others
 * without any.
 */
export const validationScore = ({validation}: Validated): number => validation?.weightedF1 ?? -1;

/**
 * The best on validation, the first of equals: what every page shows first, compares with others, and tests claims on.
 */
export const bestOf = <T extends Validated>(candidates: readonly T[]): T | undefined =>
  greatest(candidates, validationScore);
