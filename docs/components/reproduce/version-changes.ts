import {html} from "htl";
import type {VersionedResult, VersionsArtifact} from "../../../src/report/versions/artifact.js";
import {date, plural, score} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";

type Version = VersionsArtifact["versions"][number];
type Kind = "added" | "removed" | "parameters" | "inputs or code" | "computed again";

/** A result that two versions do not have in common as it is. */
export interface Change {
  id: string;
  change: Kind;
  /** Whether it says something else; false where only how it was had has changed. */
  values: boolean;
  before?: VersionedResult;
  after?: VersionedResult;
}

/** What happened between two versions, by result. */
export function changes({results}: VersionsArtifact, from: Version, to: Version): Change[] {
  const byId = ({results: places}: Version) => new Map(places.map((place) => [results[place].id, results[place]]));
  const [old, now] = [byId(from), byId(to)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((id) => {
    const [before, after] = [old.get(id), now.get(id)];
    return before === after
      ? []
      : {id, change: kindOf(before, after), values: before?.digest !== after?.digest, before, after};
  });
}

function kindOf(before?: VersionedResult, after?: VersionedResult): Kind {
  if (!before) return "added";
  if (!after) return "removed";
  if (before.identity !== after.identity) return "parameters";
  return before.key === after.key ? "computed again" : "inputs or code";
}

/** The newest of the earlier versions that differs from this one; the newest where none does. */
export const defaultVersion = (artifact: VersionsArtifact): Version => {
  const [now, ...earlier] = artifact.versions;
  return earlier.find((version) => changes(artifact, version, now).length) ?? earlier[0];
};

/** A version as a choice: "v0.2.0, 3 March 2026". */
export const versionTitle = ({name, date: when}: Version): string => (when ? `${name}, ${date(when)}` : name);

/** What the versions are, or why there are none. */
export function describeVersions({kind, shallow, versions}: VersionsArtifact): string {
  const rest = shallow ? " This clone is shallow; git fetch --unshallow --tags brings the older ones." : "";
  if (kind === null)
    return "This report was not built in its git repository, so that there is no earlier version to compare with.";
  if (versions.length < 2) return `The repository has no earlier published results.${rest}`;
  const what =
    kind === "tags"
      ? "The versions are the tags of the repository."
      : "The repository has no tags; the commits that changed published results stand in for versions.";
  return `${what}${rest}`;
}

/** "5 added, 1 removed, 3 changed (1 with other values)" */
export function describeChanges(all: readonly Change[]): string {
  const added = all.filter(({change}) => change === "added").length;
  const removed = all.filter(({change}) => change === "removed").length;
  const other = all.filter(({change, values}) => change !== "added" && change !== "removed" && values).length;
  const changed = all.length - added - removed;
  return all.length
    ? `${plural(added, "result")} added, ${removed} removed, ${changed} changed (${other} with other values)`
    : "No published result differs";
}

/** The changes as rows for the download. */
export const changeRows = (all: readonly Change[]) =>
  all.map(({id, change, values, before, after}) => ({
    result: id,
    change,
    otherValues: values,
    keyBefore: before?.key,
    keyAfter: after?.key,
    accuracyBefore: before?.accuracy,
    accuracyAfter: after?.accuracy,
    macroF1Before: before?.macroF1,
    macroF1After: after?.macroF1
  }));

const step = (before?: number | null, after?: number | null): string =>
  typeof before !== "number" && typeof after !== "number"
    ? ""
    : before === after
      ? score(after!, 3)
      : `${score(before ?? null, 3)} → ${score(after ?? null, 3)}`;

const columns: Column<Change>[] = [
  {label: "Result", header: true, value: ({id}) => html`<code>${id}</code>`},
  {
    label: "Change",
    value: ({change, values, before, after}) =>
      before && after ? `${change}; ${values ? "other" : "the same"} values` : change
  },
  {label: "Accuracy", align: "right", value: ({before, after}) => step(before?.accuracy, after?.accuracy)},
  {label: "Macro F1", align: "right", value: ({before, after}) => step(before?.macroF1, after?.macroF1)}
];

/** One line for each result that two versions do not have in common. */
export const changesTable = (all: readonly Change[]): HTMLElement =>
  dataTable(columns, all, {label: "Results that differ between the versions", limit: 25});
