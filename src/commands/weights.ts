import {resolve} from "node:path";
import {createPipeline} from "../lib/pipeline/index.js";
import {UserError} from "../lib/support/errors.js";
import {nearest} from "../lib/support/nearest.js";
import {exportWeights} from "../stages/export-weights.js";
import {study} from "../study.js";

/** `weights export RUN FILE`: writes a run's trained weights to a file. */
export async function weightsCommand([action, id, file, ...rest]: string[], float16: boolean): Promise<void> {
  if (action !== "export" || !file || rest.length > 0) {
    throw new UserError("Say which run's weights go to which file.", {
      hint: "npm run weights -- export RUN FILE.safetensors [--float16]"
    });
  }
  const run = study.runs.find((run) => run.id === id);
  if (!run) {
    const names = study.runs.map(({id}) => id);
    throw new UserError(`The study has no run "${id}".`, {hint: `Near names: ${nearest(id, names).join(", ")}.`});
  }
  const path = resolve(file);
  await exportWeights({study, run}, {pipeline: createPipeline(), path, float16});
  process.stdout.write(`${path}: the weights of ${id} as ${float16 ? "float16" : "float32"}.\n`);
}
