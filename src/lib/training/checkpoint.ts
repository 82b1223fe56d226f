import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {decode, encode} from "../pipeline/codec.js";
import {writeAtomic} from "../support/files.js";

const kept = 2;
const pattern = /^checkpoint-(\d+)\.bin$/;
const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

/**
 * Checkpoints of one run in a folder of its own: written atomically, the last two kept, read only if their digest
 * holds.
 */
export class Checkpoints<State> {
  constructor(
    private readonly folder: string,
    private readonly log: (message: string) => void
  ) {}

  /** Saves the state reached after that many epochs and removes all but the last two. */
  save(epochs: number, state: State): void {
    const payload = encode(state);
    writeAtomic(this.path(epochs), Buffer.concat([digestOf(payload), payload]));
    for (const old of this.epochs().slice(kept)) rmSync(this.path(old), {force: true});
  }

  /** The latest state that is whole, or undefined; a damaged checkpoint is named, removed and the one before used. */
  latest(): State | undefined {
    for (const epochs of this.epochs()) {
      const bytes = readFileSync(this.path(epochs));
      const [digest, payload] = [bytes.subarray(0, 32), bytes.subarray(32)];
      if (digestOf(payload).equals(digest)) return decode(payload) as State;
      this.log(`${this.path(epochs)} is damaged and was removed; the checkpoint before it is used.`);
      rmSync(this.path(epochs));
    }
    return undefined;
  }

  /** Latest first. */
  private epochs(): number[] {
    if (!existsSync(this.folder)) return [];
    const numbers = readdirSync(this.folder).flatMap((name) => pattern.exec(name)?.[1] ?? []);
    return numbers.map(Number).sort((a, b) => b - a);
  }

  private path(epochs: number): string {
    return join(this.folder, `checkpoint-${epochs}.bin`);
  }
}
