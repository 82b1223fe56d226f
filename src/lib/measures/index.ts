/** What pages import by the bare name `measures`; modules of the build import each module by its path. */
export * from "./bootstrap.js";
export * from "./classification.js";
export * from "./confusion.js";
export * from "./decimal.js";
export * from "./ensemble.js";
export * from "./interval.js";
export * from "./palette.js";
export * from "./predictions.js";
export * from "./random.js";
export * from "./raster.js";
export * from "./temperature.js";
export * from "./threshold.js";
