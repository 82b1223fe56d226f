/** Where the numbers of a figure come from; shown on demand below every figure. */
export interface Source {
  /** Stage and run: "metrics/mobilenetv2-0.35-imagenet-1". */
  id: string;
  /** Computed for this build, found in the local store, or published with an earlier version. */
  source: "computed" | "store" | "published";
  key: string;
  code: string;
  date: string;
  seconds: number;
  backend?: string;
  device?: string;
  /** Set when the code of an expensive stage has changed since it was computed. */
  drifted: boolean;
}
