import {z} from "zod";

const phase = z.strictObject({
  /** "head": the body is frozen and runs with its stored statistics; "all": everything trains. */
  train: z.enum(["head", "all"]),
  epochs: z.int().min(1).max(1000),
  /** The peak of the one-cycle schedule. */
  maxRate: z.number().positive().max(10)
});

/** How a network is trained. Every value that can change a result is here. */
const settings = z.strictObject({
  /** Side of the square input, in pixels. */
  size: z.int().min(32).max(512).multipleOf(32),
  batchSize: z.int().min(2).max(512),
  phases: z.array(phase).min(1),
  /** Decoupled (Loshchilov and Hutter, 2019), as in fastai. */
  weightDecay: z.number().min(0).max(1),
  dropout: z.number().min(0).max(0.95),
  /** Alpha of mixup's Beta distribution; 0 mixes nothing. */
  mixup: z.number().min(0).max(10),
  augmentation: z.strictObject({
    flip: z.boolean(),
    /** At most, in degrees. */
    rotate: z.number().min(0).max(45),
    /** At most. */
    zoom: z.number().min(1).max(2),
    /** Largest relative change of brightness and contrast. */
    lighting: z.number().min(0).max(0.9)
  })
});

/** A procedure of a study: its settings, and what readers are told about them. */
export const procedureSchema = settings.extend({title: z.string().min(1), description: z.string().min(1)});

export type Settings = z.infer<typeof settings>;
export type Procedure = z.infer<typeof procedureSchema>;
export type Phase = Settings["phases"][number];

/** The settings alone, so that no training depends on the wording of a page. */
export const settingsOf = (procedure: Procedure): Settings => settings.strip().parse(procedure);
