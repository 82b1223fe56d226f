import {z} from "zod";
import {datasetSettings} from "../dataset/open.js";
import {architectures, modelIds} from "../models/registry.js";
import {procedureSchema} from "../training/procedure.js";

export const identifier = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/, "use lower-case letters, digits, dots, dashes and underscores");
export const seed = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/** Values that a result is computed for, each once. */
const each = <T extends z.ZodType<number>>(value: T) =>
  z
    .array(value)
    .min(1)
    .refine((values) => new Set(values).size === values.length, "the same value is there twice");

/** What the body starts from; `imagenetUpTo` names the last layer that does, from the input upwards. */
const initialisation = z.union(
  [z.enum(["imagenet", "random", "mean-var"]), z.strictObject({imagenetUpTo: z.string().min(1)})],
  {error: 'use "imagenet", "random", "mean-var" or {imagenetUpTo: "the name of a layer"}'}
);

/** A run: a network, what it starts from, and how it is trained. */
export const runSettings = z.strictObject({
  id: identifier,
  model: z.string().refine((id) => architectures.some((architecture) => architecture.id === id), {
    error: `use one of ${modelIds.join(", ")}`,
    abort: true
  }),
  initialisation,
  procedure: identifier,
  /**
   * The share of every class's training images that it trains on; smaller shares of one seed lie within larger ones.
   */
  fraction: z.number().gt(0).max(1).default(1),
  seed
});

const analyses = z.strictObject({
  /** Runs that are joined. */
  ensemble: z.strictObject({members: z.array(identifier)}),
  tsne: z.strictObject({
    /** The map of the first is shown first, and all others are aligned to it. */
    perplexities: each(z.number().min(2).max(200)),
    iterations: z.int().min(250).max(10000),
    /** Of random starts, beside the start from principal components. */
    seeds: each(seed)
  }),
  /**
   * The linear probe on frozen ImageNet features: its image size and the weights of its penalty that validation chooses
   * from.
   */
  probe: z.strictObject({
    size: z.int().min(32).max(512).multipleOf(32),
    penalties: each(z.number().min(0).max(100))
  }),
  /**
   * Principal components of the pooled features that t-SNE starts from; "all" keeps every distance, and is too large to
   * publish.
   */
  pca: z.strictObject({components: z.union([z.int().min(2).max(512), z.literal("all")])}),
  /**
   * Tests of the maps: on how many test images, in how many steps pixels go and come, in how many parts the body is
   * randomised.
   */
  explanations: z
    .strictObject({
      images: z.int().min(4).max(10000).default(64),
      steps: z.int().min(2).max(224).default(12),
      parts: z.int().min(1).max(50).default(8),
      seed: seed.default(1)
    })
    .prefault({}),
  bootstrap: z.strictObject({resamples: z.int().min(100).max(100000), seed})
});

/** A study as data, each of whose values is allowed by itself. */
export const studyFields = z.strictObject({
  title: z.string().min(1),
  question: z.string().min(1),
  dataset: datasetSettings,
  validation: z.union([
    z.strictObject({
      fraction: z.number().gt(0).lt(1),
      seed,
      /** Keeps all images of a patient on one side. */
      groupByPatient: z.boolean()
    }),
    /** The images that the study of 2020 validated on. */
    z.strictObject({rows: z.literal("study-2020")})
  ]),
  procedures: z.record(identifier, procedureSchema),
  runs: z.array(runSettings).min(1),
  analyses
});

export type Study = z.infer<typeof studyFields>;
export type Run = Study["runs"][number];
export type DatasetSource = Study["dataset"];
