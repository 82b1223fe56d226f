import {parentPort, workerData} from "node:worker_threads";
import type {Pixels} from "../dataset/types.js";
import type {BatchJob, BatchSettings, PreparedBatch} from "./prepare.js";
import {prepare} from "./prepare.js";

/** What a thread answers to a job. An error that is thrown instead could overtake the answers before it. */
export type Answer = {batch: PreparedBatch} | {error: Error};

/** The entry point of a thread that prepares batches: answers every job with its batch, which it gives away. */
const {pixels, settings} = workerData as {pixels: Pixels; settings: BatchSettings};

parentPort!.on("message", (job: BatchJob) => {
  try {
    const batch = prepare(pixels, job, settings);
    answer({batch}, [batch.images.buffer, batch.targets.buffer] as ArrayBuffer[]);
  } catch (error) {
    answer({error: error as Error});
  }
});

const answer = (message: Answer, buffers: ArrayBuffer[] = []) => parentPort!.postMessage(message, buffers);
