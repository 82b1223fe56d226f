import type {Sharp} from "sharp";

/** An image whose header has been read. */
export interface Source {
  /** Upright, in pixels. */
  width: number;
  height: number;
  /** What decoding takes at a time. */
  bytes: number;
  /** Throws `Refusal`. */
  load(): Promise<Picture>;
}

export interface Picture {
  /** Grey or colour, 8 bits a channel, with or without alpha. */
  image: Sharp;
  /** What is remarkable about the file, in words: that it holds more pages, for instance. */
  notes: readonly string[];
}
