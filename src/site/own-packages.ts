import {utimesSync} from "node:fs";
import {dirname, join} from "node:path";
import {FolderWatcher} from "./folder-watcher.js";
import type {Layout} from "./layout.js";
import {ownGraphs, vendor} from "./vendor.js";

/** What a watcher of packages tells. */
export interface OwnPackagesOptions {
  /** Pages were given the packages as they are now. */
  onBundle(): void;
  /** They cannot be bundled, mostly because someone is typing in them. */
  onError(message: string): void;
}

/**
 * Bundles the pages' packages anew when one that is a folder of this project changes, and has Framework reload the open
 * pages, which it does when its configuration has a new time. `close()` ends it.
 */
export class OwnPackages {
  private readonly watcher = new FolderWatcher(() => this.bundle().catch((error: Error) => this.tell(error)));

  constructor(
    private readonly layout: Layout,
    private readonly options: OwnPackagesOptions
  ) {}

  /** Resolves when every folder of the packages is watched. */
  async start(): Promise<void> {
    const graphs = await ownGraphs(this.layout);
    for (const file of [...graphs.values()].flatMap(({files}) => files)) this.watcher.watch(dirname(file));
  }

  close(): void {
    this.watcher.close();
  }

  private async bundle(): Promise<void> {
    if (this.watcher.closed || !(await vendor(this.layout, {whole: true}))) return;
    await this.start();
    const now = new Date();
    utimesSync(join(this.layout.root, "observablehq.config.ts"), now, now);
    this.options.onBundle();
  }

  private tell({message}: Error): void {
    this.options.onError(message.split("\n").slice(0, 2).join(" "));
  }
}
