import {execFileSync, spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import type {TestContext} from "node:test";

/** Why a test that needs git does not run; false where it does. */
export const withoutGit = spawnSync("git", ["--version"]).status === 0 ? false : "there is no git on this machine";

/** A throw-away git repository. */
export function repository(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "repository-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  const settings = ["user.name=Test", "user.email=test@example.org", "commit.gpgsign=false", "tag.gpgsign=false"];
  const run = (...args: string[]) =>
    execFileSync("git", ["-C", folder, ...settings.flatMap((setting) => ["-c", setting]), ...args], {stdio: "pipe"});
  run("init", "--quiet");
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), content);
  };
  return {
    folder,
    git: run,
    write,
    /** Writes a published result as the pipeline does, in as much as versions read of it. */
    publish: (id: string, value: unknown, {identity = "i", key = "k"} = {}) =>
      write(`data/published/${id}.json`, JSON.stringify({provenance: {id, identity, key}, value})),
    /** Commits everything, under a tag if one is given. */
    commit(tag?: string) {
      run("add", "--all");
      run("commit", "--quiet", "--allow-empty", "--message", "A state");
      if (tag) run("tag", tag);
    }
  };
}
