import {spawn} from "node:child_process";
import {fileURLToPath} from "node:url";
import {directories} from "../lib/support/paths.js";
import {endGroup, endWith} from "../lib/support/signals.js";
import {asImport} from "../lib/support/thread.js";
import {startFramework} from "./framework.js";
import {layout as layoutOf, type Layout} from "./layout.js";
import {dropOutputs} from "./loaders.js";
import {OwnPackages} from "./own-packages.js";
import {requireFree} from "./port.js";
import {findShims} from "./shims.js";
import {vendor} from "./vendor.js";
import {ShimWatcher} from "./watch.js";

/** Options of the live preview. */
export interface DevOptions {
  root?: string;
  /** The port to listen on; by default 3000, or the next one free. */
  port?: number;
  log?: (line: string) => void;
}

/** What Framework's process loads first. */
const refuseOtherHosts = () => asImport(new URL("./refuse-other-hosts.ts", import.meta.url));

/**
 * The live preview: Framework's own, and a watcher that makes it re-run a loader when the study, the loader or anything
 * that it imports changes, or a published result. Returns Framework's exit code; all that runs ends with this process.
 */
export async function dev({root, port, log = console.error}: DevOptions = {}): Promise<number> {
  if (port !== undefined) await requireFree(port);
  const layout = layoutOf(root);
  const prepare = (paths: string[]) => runInOneProcess(layout, paths);
  await vendor(layout, {whole: true});
  dropOutputs(layout.cache);
  log("loaders run once; then the pages are served");
  await prepare(findShims(layout.docs).map(({path}) => path));
  const watcher = new ShimWatcher(layout, {
    data: directories.published(),
    prepare,
    onTouch: (shims) => log(`re-run  ${shims.join(", ")}`),
    onError: (shim, message) => log(`waiting for a fix of ${shim}: ${message}`)
  });
  await watcher.start();
  const packages = new OwnPackages(layout, {
    onBundle: () => log("bundled for the pages: what they compute with"),
    onError: (message) => log(`waiting for a fix of what pages compute with: ${message}`)
  });
  await packages.start();
  const args = ["preview", "--no-open", ...(port === undefined ? [] : ["--port", String(port)])];
  const preview = startFramework(layout, args, {stdio: "inherit", before: refuseOtherHosts()});
  try {
    return await new Promise<number>((resolve, reject) => {
      preview.once("error", reject);
      preview.once("exit", (code) => resolve(code ?? 1));
    });
  } finally {
    endGroup(preview); // loaders that were running
    watcher.close();
    packages.close();
  }
}

/**
 * Runs loaders in one fresh process, which has today's code: one start for all, where Framework would start a process
 * for each. What they print goes to standard error.
 */
async function runInOneProcess({root}: Layout, paths: string[]): Promise<void> {
  const entry = fileURLToPath(new URL("./run-shims.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", entry, root, ...paths], {
    cwd: root,
    detached: true,
    stdio: ["ignore", process.stderr, "inherit"]
  });
  endWith(child);
  await new Promise<void>((resolve, reject) => child.once("error", reject).once("close", () => resolve()));
}
