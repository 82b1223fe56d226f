import type {Worker} from "node:worker_threads";
import type {Pixels} from "../dataset/types.js";
import {startThread} from "../support/thread.js";
import type {Answer} from "./batch-worker.js";
import type {BatchJob, BatchSettings, PreparedBatch} from "./prepare.js";

/** A thread that prepares one batch after the other. It keeps no process alive. */
export class BatchThread {
  private readonly worker: Worker;
  private readonly waiting: {resolve(batch: PreparedBatch): void; reject(error: Error): void}[] = [];
  private failure?: Error;

  constructor(workerData: {pixels: Pixels; settings: BatchSettings}) {
    this.worker = startThread(new URL("./batch-worker.ts", import.meta.url), {name: "batches", workerData});
    this.worker.on("message", (answer: Answer) => this.receive(answer));
    this.worker.on("error", (error) => this.fail(error as Error));
    this.worker.on("exit", (code) => this.fail(new Error(`A thread that prepares batches ended with code ${code}.`)));
    this.worker.unref();
  }

  /** @throws what went wrong with this job, or what ended the thread */
  prepare(job: BatchJob): Promise<PreparedBatch> {
    return new Promise((resolve, reject) => {
      if (this.failure) return reject(this.failure);
      this.waiting.push({resolve, reject});
      this.worker.postMessage(job);
    });
  }

  async close(): Promise<void> {
    this.fail(new Error("The source of batches was closed."));
    await this.worker.terminate();
  }

  /** Answers come in the order of the jobs; nobody waits any more for those that come after closing. */
  private receive(answer: Answer): void {
    const waiting = this.waiting.shift();
    if ("error" in answer) waiting?.reject(answer.error);
    else waiting?.resolve(answer.batch);
  }

  /** Rejects all that wait, and all that ask later, with the first reason. */
  private fail(error: Error): void {
    this.failure ??= error;
    for (const {reject} of this.waiting.splice(0)) reject(this.failure);
  }
}
