import {parentPort, workerData} from "node:worker_threads";
import type {Pixels} from "../dataset/types.js";
import type {BatchJob, BatchSettings} from "./prepare.js";
import {prepare} from "./prepare.js";

/** The entry point of a thread that prepares batches: answers every job with its batch, which it gives away. */
const {pixels, settings} = workerData as {pixels: Pixels; settings: BatchSettings};

parentPort!.on("message", (job: BatchJob) => {
  const batch = prepare(pixels, job, settings);
  parentPort!.postMessage(batch, [batch.images.buffer, batch.targets.buffer] as ArrayBuffer[]);
});
