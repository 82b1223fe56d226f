import {availableParallelism} from "node:os";
import type {Pixels} from "../dataset/types.js";
import {BatchThread} from "./batch-thread.js";
import type {BatchJob, BatchSettings, PreparedBatch} from "./prepare.js";
import {prepare} from "./prepare.js";

/** Gives batches, one after the other. */
export interface BatchSource<Batch = PreparedBatch> {
  /**
   * The next job's batch.
   * @throws RangeError after the last; what went wrong while the batch was prepared
   */
  next(): Promise<Batch>;
  /** Seconds that callers of `next` have waited. */
  readonly waited: number;
  /** Ends all threads. What was prepared and not asked for is lost. */
  close(): Promise<void>;
}

export interface SourceOptions {
  /** 0 prepares in this thread, when a batch is asked for. */
  threads?: number;
  /** Batches prepared before they are asked for. */
  ahead?: number;
}

/** Half the cores, 8 at most: a thread sleeps while enough is prepared, and the engine needs every core. */
export const defaultThreads = () => Math.min(8, Math.max(1, Math.floor(availableParallelism() / 2)));

/**
 * Prepares the batches of jobs in order, in threads: the engine's session blocks this one. What they hold is the same
 * with any number of threads. Threads take 0.1 s to start and share one copy of the pixels, so that a source should
 * serve all epochs of a phase; `jobs` is read only as far as batches are prepared. A source that was left open keeps no
 * process alive.
 */
export function batchSource(
  pixels: Pixels,
  settings: BatchSettings,
  jobs: Iterable<BatchJob>,
  {threads = defaultThreads(), ahead = 2 * threads}: SourceOptions = {}
): BatchSource {
  if (threads === 0) return sourceHere((job) => prepare(pixels, job, settings), jobs);
  const workerData = {pixels: shared(pixels), settings};
  return new QueueingSource(
    Array.from({length: threads}, () => new BatchThread(workerData)),
    jobs,
    ahead
  );
}

/** Makes the batches of jobs in this thread, each when it is asked for. */
export const sourceHere = <Batch>(make: (job: BatchJob) => Batch, jobs: Iterable<BatchJob>): BatchSource<Batch> =>
  new QueueingSource([{prepare: async (job) => make(job), close: async () => {}}], jobs, 0);

/** The pixels in memory that threads share, copied unless they lie there. */
function shared({data, ...pixels}: Pixels): Pixels {
  if (data.buffer instanceof SharedArrayBuffer) return {data, ...pixels};
  const copy = new Uint8Array(new SharedArrayBuffer(data.length));
  copy.set(data);
  return {data: copy, ...pixels};
}

interface Preparer<Batch> {
  prepare(job: BatchJob): Promise<Batch>;
  close(): Promise<void>;
}

class QueueingSource<Batch> implements BatchSource<Batch> {
  waited = 0;
  private readonly queue: Promise<Batch>[] = [];
  private jobs: Iterator<BatchJob>;
  private asked = 0;

  constructor(
    private readonly preparers: readonly Preparer<Batch>[],
    jobs: Iterable<BatchJob>,
    ahead: number
  ) {
    this.jobs = jobs[Symbol.iterator]();
    while (this.queue.length < ahead) this.enqueue();
  }

  async next(): Promise<Batch> {
    const start = performance.now();
    // Threads keep no process alive; somebody who waits for one does.
    const alive = setInterval(() => {}, 2 ** 30);
    try {
      this.enqueue();
      return await this.queue.shift()!;
    } finally {
      clearInterval(alive);
      this.waited += (performance.now() - start) / 1000;
    }
  }

  async close(): Promise<void> {
    this.jobs = [].values();
    this.queue.length = 0;
    await Promise.all(this.preparers.map((preparer) => preparer.close()));
  }

  /** Has one more batch prepared. What goes wrong is told to whoever asks for it. */
  private enqueue(): void {
    const batch = this.prepareNext();
    batch.catch(() => {});
    this.queue.push(batch);
  }

  private async prepareNext(): Promise<Batch> {
    const {done, value} = this.jobs.next();
    if (done) throw new RangeError("There are no more batches.");
    return this.preparers[this.asked++ % this.preparers.length].prepare(value);
  }
}
