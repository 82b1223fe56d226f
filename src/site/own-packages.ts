import {utimesSync, watch, type FSWatcher} from "node:fs";
import {dirname, join} from "node:path";
import type {Layout} from "./layout.js";
import {ownGraphs, vendor} from "./vendor.js";

/** What a watcher of packages tells. */
export interface OwnPackagesOptions {
  /** Pages were given the packages as they are now. */
  onBundle(): void;
  /** They cannot be bundled, mostly because someone is typing in them. */
  onError(message: string): void;
}

const settle = 40; // ms: editors save in several steps

/**
 * Bundles the pages' packages anew when one that is a folder of this project changes, and has Framework reload the open
 * pages, which it does when its configuration has a new time. `close()` ends it.
 */
export class OwnPackages {
  private readonly watchers = new Map<string, FSWatcher>();
  private timer?: NodeJS.Timeout;
  private bundling = Promise.resolve();
  private closed = false;

  constructor(
    private readonly layout: Layout,
    private readonly options: OwnPackagesOptions
  ) {}

  /** Resolves when every file of the packages is watched: directories are, so that a save by renaming is seen. */
  async start(): Promise<void> {
    const graphs = await ownGraphs(this.layout);
    const folders = new Set([...graphs.values()].flatMap(({files}) => files.map(dirname)));
    for (const folder of folders) {
      if (!this.closed && !this.watchers.has(folder)) this.watchers.set(folder, watch(folder, this.changed));
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
  }

  private readonly changed = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.bundling = this.bundling.then(() => this.bundle()).catch((error: Error) => this.tell(error));
    }, settle);
  };

  private async bundle(): Promise<void> {
    if (this.closed || !(await vendor(this.layout, {whole: true}))) return;
    await this.start();
    const now = new Date();
    utimesSync(join(this.layout.root, "observablehq.config.ts"), now, now);
    this.options.onBundle();
  }

  private tell({message}: Error): void {
    this.options.onError(message.split("\n").slice(0, 2).join(" "));
  }
}
