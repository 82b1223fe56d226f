import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {z} from "zod";
import {isFolder} from "../support/files.js";
import {git, gitLines, isRepository} from "../support/git.js";
import {fromPublished} from "./codec.js";
import type {Value} from "./types.js";

/** Where published results lie in the repository, now and in its history. */
const place = "data/published";

/** A state of the published results that the history of the repository keeps. */
export interface Version {
  /** The tag, or the short hash of a commit. */
  name: string;
  commit: string;
  /** When it was committed, ISO 8601. */
  date: string;
}

/** What is compared of a published result. Results of older versions may lack what newer ones have. */
export interface PublishedResult {
  id: string;
  identity: string;
  key: string;
  value: Value;
}

const schema = z.object({
  provenance: z.object({id: z.string(), identity: z.string(), key: z.string()}),
  value: z.json()
});

/** The versions that a repository knows, the newest first. */
export interface Versions {
  /** What names a version; null where the folder is not the top of a repository, which then knows none. */
  kind: "tags" | "commits" | null;
  versions: Version[];
}

/**
 * The versions of the published results: the tags that begin with `v` and a digit, or, where there is none, the commits
 * of the main line that changed a published result.
 */
export function listVersions(root: string, newest = 12): Versions {
  if (!isRepository(root)) return {kind: null, versions: []};
  const tags = gitLines(root, ["tag", "--list", "v[0-9]*", "--sort=-version:refname"]);
  const describe = (name: string, ref = name): Version => {
    const [commit, date] = gitLines(root, ["log", "-1", "--format=%h%n%cI", ref, "--"]);
    return {name, commit, date};
  };
  const published = tags.filter((tag) => gitLines(root, ["ls-tree", `${tag}^{commit}`, "--", place]).length);
  if (published.length) return {kind: "tags", versions: published.slice(0, newest).map((tag) => describe(tag))};
  const commits = gitLines(root, ["log", "--first-parent", `-${newest}`, "--format=%h", "--", place]);
  return {kind: "commits", versions: commits.map((commit) => describe(commit))};
}

/** The files of published results in each version, each file as the name of its content, and how to read these. */
export function publishedFiles(root: string, versions: readonly Version[]): Map<Version, string[]> {
  const blobs = ({commit}: Version) =>
    gitLines(root, ["ls-tree", "-r", commit, "--", place]).flatMap(
      (line) => /^\S+ blob (\w+)\t.*\.json"?$/.exec(line)?.[1] ?? []
    );
  return new Map(versions.map((version) => [version, blobs(version)]));
}

/** Published results by the names that git gives to their files' contents; what cannot be read as one is left out. */
export function readResults(root: string, blobs: readonly string[]): Map<string, PublishedResult> {
  const output = git(root, ["cat-file", "--batch"], blobs.map((blob) => `${blob}\n`).join("")) ?? Buffer.alloc(0);
  const found = new Map<string, PublishedResult>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf("\n", at); // a line "name type size", the content, an end of line
    const [blob, , size] = output.toString("utf8", at, end).split(" ");
    const result = parse(output.toString("utf8", end + 1, end + 1 + Number(size)));
    if (result) found.set(blob, result);
    at = end + 1 + Number(size) + 1;
  }
  return found;
}

/** The published results of a folder, as they are now; none where there is no folder. */
export function currentResults(folder: string): PublishedResult[] {
  return (isFolder(folder) ? readdirSync(folder, {recursive: true, encoding: "utf8"}) : [])
    .filter((file) => file.endsWith(".json"))
    .sort()
    .flatMap((file) => parse(readFileSync(join(folder, file), "utf8")) ?? []);
}

function parse(text: string): PublishedResult | undefined {
  try {
    const {provenance, value} = schema.parse(JSON.parse(text));
    return {...provenance, value: fromPublished(value as Value)};
  } catch {
    return undefined;
  }
}

/** Whether the repository lacks older commits. */
export const isShallow = (root: string) => gitLines(root, ["rev-parse", "--is-shallow-repository"])[0] === "true";

/** How many published results differ now from what they were in a version, are new or are gone. */
export function changedSince(root: string, {commit}: Version): number {
  const changed = gitLines(root, ["diff", "--name-only", "--no-renames", commit, "--", place]);
  const unknown = gitLines(root, ["ls-files", "--others", "--exclude-standard", "--", place]);
  return new Set([...changed, ...unknown]).size;
}
