import {execFileSync} from "node:child_process";
import {realpathSync} from "node:fs";

/** What a hook sets so that git looks at its own repository, whatever the folder. */
const hookVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/**
 * Runs git in a folder without asking anybody anything. Returns what it prints, or undefined where it fails: there is
 * no git, no repository, or not what was asked for.
 */
export function git(folder: string, args: readonly string[], input = ""): Buffer | undefined {
  const inherited = Object.entries(process.env).filter(([name]) => !hookVariables.includes(name));
  try {
    return execFileSync("git", ["-C", folder, ...args], {
      input,
      env: {...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0"},
      stdio: ["pipe", "pipe", "ignore"],
      maxBuffer: 2 ** 30
    });
  } catch {
    return undefined;
  }
}

/** The lines that git prints; none where it fails. */
export const gitLines = (folder: string, args: readonly string[]): string[] =>
  (git(folder, args)?.toString() ?? "").split("\n").filter(Boolean);

/** Whether a folder is the top of a git repository; a release that was unpacked inside somebody's repository is not. */
export function isRepository(folder: string): boolean {
  const [top] = gitLines(folder, ["rev-parse", "--show-toplevel"]);
  return top !== undefined && realpathSync(top) === realpathSync(folder);
}
