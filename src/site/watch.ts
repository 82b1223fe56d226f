import {existsSync, readdirSync, utimesSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {stateOf} from "../lib/support/file-state.js";
import {FolderWatcher, settle} from "./folder-watcher.js";
import type {Layout} from "./layout.js";
import {moduleGraphs, type ModuleGraph} from "./module-graph.js";
import {findShims, type Shim} from "./shims.js";

/** What a watcher tells, and what it looks at besides the shims' module graphs. */
export interface WatchOptions {
  /** A folder of data that any loader may read: a change in it touches every shim. */
  data?: string;
  /** Runs before the shims are touched, with their paths: outputs that it writes are taken for fresh. */
  prepare?(paths: string[]): Promise<void>;
  /** Shims that were touched, relative to the site's root. */
  onTouch(shims: string[]): void;
  /** A module graph that cannot be made, mostly because someone is typing in it. */
  onError(shim: string, message: string): void;
}

/** Names and states of all files in a folder. */
function snapshot(folder: string): string {
  if (!existsSync(folder)) return "";
  return readdirSync(folder, {recursive: true, encoding: "utf8"})
    .sort()
    .map((name) => `${name} ${stateOf(join(folder, name))?.state}`)
    .join("\n");
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Touches exactly the shims whose result may have changed, because Framework's preview looks only at a shim's own time.
 * `close()` ends it.
 */
export class ShimWatcher {
  private readonly keys = new Map<string, string>();
  private readonly failed = new Map<string, string>();
  private readonly watcher = new FolderWatcher(() => this.scan());
  private data = "";

  constructor(
    private readonly layout: Layout,
    private readonly options: WatchOptions
  ) {}

  /** Resolves when every module graph is known and watched. */
  async start(): Promise<void> {
    if (this.options.data) this.data = snapshot(this.options.data);
    await this.scan();
  }

  close(): void {
    this.watcher.close();
  }

  private async scan(): Promise<void> {
    if (this.watcher.closed) return;
    const {docs, root} = this.layout;
    const {data, onTouch} = this.options;
    this.watcher.watch(docs);
    const fresh = data ? snapshot(data) : "";
    if (data) for (const folder of [data, ...subfolders(data)]) this.watcher.watch(folder);
    const shims = findShims(docs);
    for (const {path} of shims) this.watcher.watch(dirname(path));
    const changed = await this.changedShims(shims.map(({path}) => path));
    const touched = fresh === this.data ? shims.filter(({path}) => changed.has(path)) : shims;
    this.data = fresh;
    if (!touched.length) return;
    // Files get the time of the kernel's last tick, a few milliseconds ago.
    const since = new Date(Date.now() - 50);
    await this.options.prepare?.(touched.map(({path}) => path));
    for (const shim of touched) void this.touch(shim, since);
    onTouch(touched.map(({path}) => relative(root, path)));
  }

  /** The shims whose key differs from the one known; the first one known does not. */
  private async changedShims(paths: string[]): Promise<Set<string>> {
    const changed = new Set<string>();
    for (const [path, {key, files}] of await this.graphs(paths)) {
      for (const file of files) this.watcher.watch(dirname(file));
      this.failed.delete(path);
      const before = this.keys.get(path);
      this.keys.set(path, key);
      if (before !== undefined && before !== key) changed.add(path);
    }
    return changed;
  }

  /** All graphs at once; if that fails, those that can be made, one by one. */
  private async graphs(paths: string[]): Promise<Map<string, ModuleGraph>> {
    const {root} = this.layout;
    try {
      return await moduleGraphs(paths, root);
    } catch {
      const one = (path: string) =>
        moduleGraphs([path], root).catch((error: Error) => {
          this.tell(path, error.message.split("\n").slice(0, 2).join(" "));
          return new Map<string, ModuleGraph>();
        });
      return new Map((await Promise.all(paths.map(one))).flatMap((graphs) => [...graphs]));
    }
  }

  /** Says once what is wrong with a shim. */
  private tell(path: string, message: string): void {
    if (this.failed.get(path) !== message) this.options.onError(relative(this.layout.root, path), message);
    this.failed.set(path, message);
  }

  /**
   * A loader that is running may have read the old code, and Framework would call its output fresh: touch again after.
   */
  private async touch({path, target}: Shim, since: Date): Promise<void> {
    const running = () => isRunning(this.layout.cache, target);
    const again = running();
    utimesSync(path, since, since);
    if (!again) return;
    while (running() && !this.watcher.closed) await sleep(settle);
    if (!this.watcher.closed) utimesSync(path, new Date(), new Date());
  }
}

const subfolders = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, {recursive: true, withFileTypes: true})
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    : [];

/** Framework writes a running loader's output to `<target>.<process id>`. */
function isRunning(cache: string, target: string): boolean {
  const folder = dirname(join(cache, target));
  const name = target.split("/").at(-1)!;
  return existsSync(folder) && readdirSync(folder).some((file) => file.startsWith(`${name}.`) && /\.\d+$/.test(file));
}
