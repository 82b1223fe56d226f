import {spawn, type ChildProcess} from "node:child_process";
import {join} from "node:path";
import {UserError} from "../lib/support/errors.js";
import {endWith} from "../lib/support/signals.js";
import type {Layout} from "./layout.js";

interface Options {
  stdio: "inherit" | "pipe";
  env?: NodeJS.ProcessEnv;
  /** A module that is loaded before it. */
  before?: string;
}

/**
 * Starts Observable Framework's command line in the site's root; it ends, with loaders that it has started, with this
 * process.
 */
export function startFramework({root}: Layout, args: string[], {stdio, env, before}: Options): ChildProcess {
  const bin = join(root, "node_modules/@observablehq/framework/dist/bin/observable.js");
  const child = spawn(process.execPath, [...(before ? ["--import", before] : []), bin, ...args], {
    cwd: root,
    detached: true,
    stdio: ["ignore", stdio, stdio],
    env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true", ...env}
  });
  endWith(child);
  return child;
}

/** `observable build` into the staging folder. What it prints is kept, and shown if it fails. */
export async function frameworkBuild(layout: Layout): Promise<void> {
  const child = startFramework(layout, ["build"], {stdio: "pipe", env: {SITE_OUTPUT: layout.staging}});
  const log: string[] = [];
  for (const output of [child.stdout, child.stderr]) output?.setEncoding("utf8").on("data", (text) => log.push(text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === 0) return;
  const reason = log.join("").match(/Unexpected error: (.*)|^error.*|.*Error: .*/m);
  throw new UserError(`Observable Framework could not build the pages: ${reason?.[1] ?? reason?.[0] ?? log.join("")}`, {
    hint: "Look for this in the pages and components under docs; `npx observable build` prints the whole log."
  });
}
