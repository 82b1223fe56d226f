import {variants, type Variant} from "../lib/engine/installation.js";
import {provision} from "../lib/engine/provision.js";
import {displayTask} from "../lib/pipeline/progress.js";
import {UserError} from "../lib/support/errors.js";

/** Installs libtensorflow and the binding, with progress. */
export async function setup(variant: string): Promise<void> {
  if (!(variants as readonly string[]).includes(variant)) {
    throw new UserError(`There is no libtensorflow "${variant}".`, {hint: `Choose one of ${variants.join(", ")}.`});
  }
  const {folder} = await displayTask(`setup ${variant}`, (report) =>
    provision({variant: variant as Variant, ...report})
  );
  process.stdout.write(`libtensorflow is in ${folder}. Run npm run doctor to see what will be used.\n`);
}
