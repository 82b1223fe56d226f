import {changedSince, listVersions} from "../lib/pipeline/versions.js";
import {gitLines} from "../lib/support/git.js";

/**
 * What the footer says of the version, as HTML: the package's version; the commit, and whether files differ from it;
 * how many published results have changed since the latest tag. No more than the first where the folder is not a
 * repository.
 */
export function stamp(version: string, root: string): string {
  const {kind, versions} = listVersions(root, 1);
  if (!versions.length) return `Version ${version}.`;
  const [commit] = gitLines(root, ["describe", "--always", "--exclude=*", "--dirty=, edited"]);
  const [latest] = kind === "tags" ? versions : [];
  const changed = latest ? changedSince(root, latest) : 0;
  const results = `${changed} published ${changed === 1 ? "result" : "results"}`;
  const since =
    latest && changed ? ` <a href="/reproduce.html#versions">${results} changed since ${latest.name}</a>.` : "";
  return `Version ${version} (${commit}).${since}`;
}
