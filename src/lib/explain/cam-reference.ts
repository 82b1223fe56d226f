import {readFileSync} from "node:fs";
import {z} from "zod";
import type {Architecture} from "../models/architecture.js";
import {publishedNetwork} from "../models/published-top.js";
import {referenceInput} from "../models/reference.js";
import {UserError} from "../support/errors.js";
import type {Pass} from "./cam.js";
import {activationMaps, locateLayer} from "./cam.js";

const size = z.int().positive();
const schema = z.object({
  model: z.string(),
  input: z.object({shape: z.tuple([z.literal(1), size, size, z.literal(3)]), seed: z.int()}),
  /** Rows of a map, by "layer@class". */
  cams: z
    .record(z.string().regex(/.@\d+$/, "it is not LAYER@CLASS"), z.object({cam: z.array(z.array(z.number()))}))
    .refine((cams) => Object.keys(cams).length > 0, "it holds no map")
});

/** Another program's Grad-CAM maps of a published network with the top of its own, not scaled. */
export type CamReference = z.infer<typeof schema>;

/**
 * Reads a reference of Grad-CAM maps.
 * @throws UserError where it cannot be read or is not what it should be
 */
export function readCamReference(path: string): CamReference {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UserError(`Cannot read the reference ${path}: ${reason}`, {cause: error});
  }
}

/**
 * The largest difference of every map, as a share of its reference's maximum, by "layer@class".
 * @throws UserError where the published weights are absent, or a layer, a class or a map's size differs
 */
export async function compareMaps(
  architecture: Architecture,
  {input, cams}: CamReference
): Promise<Map<string, number>> {
  const network = await publishedNetwork(architecture);
  const images = referenceInput(input);
  // The input is what the body takes, and not an image that would have to be preprocessed.
  const pass: Pass = (x, mode) => network.classify(network.embed(architecture.body(network.body, x, mode)), mode);
  try {
    const errors = new Map<string, number>();
    for (const [name, {cam}] of Object.entries(cams)) {
      const [layer, label] = split(name);
      const site = locateLayer(pass, [input.shape[1], input.shape[2], 3], layer);
      const map = activationMaps(pass, images, Int32Array.of(label), site, "grad-cam");
      const actual = await map.array();
      map.dispose();
      errors.set(name, largestError(name, cam, actual));
    }
    return errors;
  } finally {
    images.dispose();
    network.dispose();
  }
}

function split(name: string): [string, number] {
  const at = name.lastIndexOf("@");
  return [name.slice(0, at), Number(name.slice(at + 1))];
}

function largestError(name: string, expected: number[][], [actual]: number[][][]): number {
  if (expected.length !== actual.length || expected.some((row, i) => row.length !== actual[i].length)) {
    throw new UserError(`The map ${name} is ${actual.length} x ${actual[0].length}, in its reference it is not.`);
  }
  const peak = Math.max(...expected.flat());
  return Math.max(...expected.flatMap((row, i) => row.map((value, j) => shareOf(peak, actual[i][j] - value))));
}

/** An empty map must be met exactly; what is not a number is infinitely wrong. */
function shareOf(peak: number, difference: number): number {
  if (difference === 0) return 0;
  return Number.isNaN(difference) ? Infinity : Math.abs(difference) / peak;
}
