import {type ChildProcess, fork} from "node:child_process";
import {once} from "node:events";
import {existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {TestContext} from "node:test";
import {createPipeline, type Pipeline, type PipelineOptions} from "../../src/lib/pipeline/pipeline.js";
import type {PipelineEvent} from "../../src/lib/pipeline/types.js";

/** A folder that is removed after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

let edits = 0;

/** Writes a module, of another time than before. A session that is opened later takes it for what it has loaded. */
export function edit(path: string, code: string): void {
  writeFileSync(path, code);
  utimesSync(path, ++edits, edits);
}

export interface Bench {
  folder: string;
  cacheDir: string;
  publishedDir: string;
  events: PipelineEvent[];
  /** A new session, as of a new process, on the same folders. */
  open(options?: PipelineOptions): Pipeline;
  /** The stages that ran since the last call, in any process. */
  ran(): string[];
  provideData(content?: string): void;
  removeData(): void;
}

/** Folders, data and a count of runs for the fixtures' stages. */
export function createBench(t: TestContext): Bench {
  const folder = temporaryFolder(t);
  const [log, data] = [join(folder, "runs.log"), join(folder, "data")];
  const before = {RUN_LOG: process.env.RUN_LOG, FIXTURE_DATA: process.env.FIXTURE_DATA};
  Object.assign(process.env, {RUN_LOG: log, FIXTURE_DATA: data});
  t.after(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  const [cacheDir, publishedDir] = [join(folder, "cache"), join(folder, "published")];
  const events: PipelineEvent[] = [];
  const bench: Bench = {
    folder,
    cacheDir,
    publishedDir,
    events,
    open: (options) =>
      createPipeline({
        cacheDir,
        publishedDir,
        loadedAt: Date.now(),
        onEvent: (event) => events.push(event),
        ...options
      }),
    ran: () => {
      const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").filter(Boolean) : [];
      rmSync(log, {force: true});
      return lines;
    },
    provideData: (content = "digest of the data") => writeFileSync(data, content),
    removeData: () => rmSync(data, {force: true})
  };
  bench.provideData();
  return bench;
}

/** Resolves a stage of the fixtures in a child process. */
export const resolveInChild = (cacheDir: string, name: "slow" | "resumable"): ChildProcess =>
  fork(new URL("./fixtures/resolve-in-child.ts", import.meta.url), [cacheDir, name], {
    execArgv: ["--import", import.meta.resolve("tsx")]
  });

export const message = async (child: ChildProcess): Promise<unknown> => (await once(child, "message"))[0];
