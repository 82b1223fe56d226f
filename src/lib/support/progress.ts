/** One report of a long piece of work. */
export interface Progress {
  /** Units done so far, and in all. */
  done: number;
  total: number;
  /** What a unit is, in the plural: "images", "epochs", "bytes". */
  unit: string;
  /** Anything worth a few words beside the bar: "epoch 3/8, loss 0.512". */
  note?: string;
}

/** Receives reports; a terminal draws them, a log prints a few of them, a test counts them. */
export type OnProgress = (progress: Progress) => void;
