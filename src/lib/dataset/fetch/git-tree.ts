import {UserError} from "../../support/errors.js";
import type {Checksum} from "./checksum.js";

/** A public repository at one commit. */
export interface GitSource {
  /** "owner/name". */
  repository: string;
  commit: string;
}

export interface GitFile {
  size: number;
  checksum: Checksum;
}

/**
 * Size and blob checksum of every file of a commit, by path, from GitHub's tree listing. Throws `UserError` if the host
 * cannot be reached or refuses.
 */
export async function listTree({repository, commit}: GitSource, api: string): Promise<Map<string, GitFile>> {
  const url = `${api}/repos/${repository}/git/trees/${commit}?recursive=1`;
  const refuse = (reason: string) =>
    new UserError(`Cannot list the files of ${repository} at ${url}: ${reason}.`, {
      hint: `Check that ${new URL(url).host} can be reached; it allows 60 requests an hour. Then run again.`
    });
  const response = await fetch(url, {headers: {accept: "application/vnd.github+json"}}).catch((error: Error) => {
    throw refuse(String((error.cause as {code?: string} | undefined)?.code ?? error.message));
  });
  if (!response.ok) throw refuse(`it answers ${response.status}`);
  const {tree} = (await response.json()) as {tree: {path: string; type: string; sha: string; size?: number}[]};
  return new Map(
    tree
      .filter(({type}) => type === "blob")
      .map(({path, sha, size}) => [path, {size: size ?? 0, checksum: {algorithm: "git-blob", value: sha}}])
  );
}

/** Address of a file's content; each part of the path is escaped. */
export const rawUrl = ({repository, commit}: GitSource, path: string, raw: string) =>
  `${raw}/${repository}/${commit}/${path.split("/").map(encodeURIComponent).join("/")}`;
