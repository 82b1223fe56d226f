import {z} from "zod";

const rate = z.number().positive().max(10);
const rates = z
  .strictObject({low: rate.optional(), high: rate})
  .refine(
    ({low = 0, high}) => low <= high,
    "low is above high: the rates fall from the head (high) to the input (low)"
  );
const size = z.int().min(32).max(512).multipleOf(32);
const mixup = z.number().min(0).max(10);
/** The least and the most of something. */
const range = (value: z.ZodNumber) =>
  z.tuple([value, value]).refine(([least, most]) => least <= most, "the first is above the second");

/** Part of a training with a schedule of its own. It goes on from the best epoch of the one before. */
const phase = z.strictObject({
  /** "head": the body is frozen; "upper": all of it but its highest group of parameters; "all": everything trains. */
  train: z.enum(["head", "upper", "all"]),
  /**
   * Whether the batch norms of what is frozen go on training, as fastai v1 has it (`train_bn`). Else they keep their
   * statistics.
   */
  trainBatchNorm: z.boolean().default(true),
  epochs: z.int().min(1).max(1000),
  /**
   * The schedule's peak: of all groups of parameters, or of the highest and, if named, the lowest (`slice` in fastai).
   */
  maxRate: z.union([rate, rates]),
  /**
   * One-cycle, or a constant rate that falls by the factor after so many epochs ("patience") without a lower validation
   * loss.
   */
  schedule: z
    .union([
      z.literal("one-cycle"),
      z.strictObject({factor: z.number().gt(0).max(1), patience: z.int().min(1).max(1000)})
    ])
    .default("one-cycle"),
  /** Steps of a learning-rate range test before the phase, which changes nothing; 0: none. */
  finder: z.int().min(0).max(10000).default(0),
  /** The procedure's where they are absent. */
  size: size.optional(),
  mixup: mixup.optional(),
  /**
   * Trains the head on features that the frozen body computed once for so many augmented copies of every image, or for
   * the images as they are (0). Without it, they are computed in every step.
   */
  cachedCopies: z.int().min(0).max(100).optional()
});

/** How a network is trained. Every value that can change a result is here. */
const settings = z.strictObject({
  /** Side of the square input, in pixels: of every phase that has no other, and of what is predicted. */
  size,
  batchSize: z.int().min(2).max(512),
  /** Gives the body one grey channel, the stem's kernels summed, in place of three that say the same. */
  greyStem: z.boolean().default(false),
  phases: z.array(phase).min(1),
  /** Decoupled (Loshchilov and Hutter, 2019), as in fastai. */
  weightDecay: z.number().min(0).max(1),
  dropout: z.number().min(0).max(0.95),
  /** Alpha of mixup's Beta distribution; 0 mixes nothing. */
  mixup,
  /** The share of every target that is spread over all classes (Szegedy et al., 2016). */
  labelSmoothing: z.number().min(0).lt(1).default(0),
  /** Gamma of the focal loss (Lin et al., 2017); 0: cross-entropy. */
  focal: z.number().min(0).max(10).default(0),
  /** Makes an example's loss count inversely to its class's frequency. */
  classWeights: z.boolean().default(false),
  /** "oversampled": classes are drawn equally often. */
  sampling: z.enum(["shuffled", "oversampled"]).default("shuffled"),
  /** The most that the norm of the gradient may be; longer ones are scaled down. */
  clip: z.number().positive().optional(),
  /**
   * Validates and keeps an exponential moving average of the weights with this decay per step; 0: the weights
   * themselves.
   */
  averageDecay: z.number().min(0).lt(1).default(0),
  /** Ends a phase after so many epochs without a better score; 0: never. */
  earlyStopping: z.int().min(0).max(1000).default(0),
  augmentation: z.strictObject({
    flip: z.boolean(),
    /** At most, in degrees. */
    rotate: z.number().min(0).max(45),
    /** At most. */
    zoom: z.number().min(1).max(2),
    /** Largest relative change of brightness and contrast. */
    lighting: z.number().min(0).max(0.9),
    /** Largest shift of a side's ends in a symmetric perspective warp, as a share of half the side. */
    warp: z.number().min(0).max(0.5).default(0),
    /** Squares that are blackened: fewest and most; shortest and longest side, in pixels of an image of 224. */
    cutout: z
      .strictObject({
        holes: range(z.int().min(0).max(20)),
        length: range(z.number().min(0).max(224))
      })
      .optional()
  })
});

/** A procedure of a study: its settings, what readers are told about them, and how its networks predict. */
export const procedureSchema = settings.extend({
  title: z.string().min(1),
  description: z.string().min(1),
  /** Takes days on a processor, and is therefore not started without a GPU. */
  needsGpu: z.boolean().default(false),
  /** Test-time augmentation: how many changed copies of every image are predicted besides it; 0: none. */
  testCopies: z.int().min(0).max(100).default(0)
});

export type Settings = z.infer<typeof settings>;
export type Procedure = z.infer<typeof procedureSchema>;
export type Phase = Settings["phases"][number];

/** The settings alone, so that no training depends on the wording of a page or on how its network predicts. */
export const settingsOf = (procedure: Procedure): Settings => settings.strip().parse(procedure);

/** A phase with what it takes from the procedure filled in. */
export const filledIn = (procedure: Settings, phase: Phase) => ({
  ...phase,
  size: phase.size ?? procedure.size,
  mixup: phase.mixup ?? procedure.mixup
});

/** The image sizes of a procedure, the one that is predicted first. */
export const sizesOf = ({size, phases}: Settings): number[] => [
  ...new Set([size, ...phases.map((phase) => phase.size ?? size)])
];
