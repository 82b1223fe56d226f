import {existsSync} from "node:fs";
import {join} from "node:path";
import {layout} from "../site/layout.js";
import {parsePort, requireFree} from "../site/port.js";
import {serve} from "../site/serve.js";
import {UserError} from "../lib/support/errors.js";

/** Serves the built site on this machine until it is interrupted. */
export async function serveCommand(text = "8000"): Promise<void> {
  const port = parsePort(text);
  const {dist} = layout();
  if (!existsSync(join(dist, "index.html"))) {
    throw new UserError("There is no built site.", {hint: "Run npm run build first."});
  }
  await requireFree(port);
  const {origin} = await serve(dist, {port});
  process.stdout.write(`The report is at ${origin}/ (Ctrl-C ends it).\n`);
}
