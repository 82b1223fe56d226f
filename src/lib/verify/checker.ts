/** What a check found: the largest error of its values, and what it may be. */
export interface Outcome {
  /** What was compared: "activations of DenseNet-121". */
  what: string;
  error: number;
  tolerance: number;
  /** Where the error is. */
  detail: string;
}

/** Checks one kind of reference file. */
export interface Checker {
  /** What is checked, where a file cannot even be read: "network activations". */
  kind: string;
  /** Tells the kind by the content, parsed JSON: files may have any name. */
  recognises(content: object): boolean;
  /**
   * Compares this machine and backend with the file.
   * @throws NotChecked where something is missing that is no fault of the machine
   * @throws UserError where the file is not what it should be
   */
  check(path: string, settings: Settings): Promise<Outcome>;
}

export interface Settings {
  /** The largest relative error that float32 arithmetic of the active backend may have. */
  tolerance: number;
}

/** A reference that is known but cannot be compared here; the message says why. */
export class NotChecked extends Error {}

/** The relative error of a value; the absolute one below 1, where a relative one would punish small values. */
export const relativeError = (actual: number, expected: number): number => {
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  return Number.isNaN(error) ? Infinity : error;
};
