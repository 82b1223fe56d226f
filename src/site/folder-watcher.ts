import {existsSync, watch, type FSWatcher} from "node:fs";

/** Milliseconds that are waited for more changes: editors save in several steps. */
export const settle = 40;

/**
 * Calls a function some time after anything in the watched folders has changed, one call after the other. Folders are
 * watched, not files, so that a save by renaming is seen. `close()` ends it.
 */
export class FolderWatcher {
  closed = false;
  private readonly watchers = new Map<string, FSWatcher>();
  private timer?: NodeJS.Timeout;
  private running = Promise.resolve();

  constructor(private readonly onChange: () => Promise<void>) {}

  /** Watches a folder, too; one that is not there, or is watched already, changes nothing. */
  watch(folder: string): void {
    if (this.closed || this.watchers.has(folder) || !existsSync(folder)) return;
    const watcher = watch(folder, () => this.later()).on("error", () => {
      watcher.close();
      this.watchers.delete(folder);
    });
    this.watchers.set(folder, watcher);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.running = this.running.then(this.onChange)), settle);
  }
}
