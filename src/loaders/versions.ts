import type {Predictions} from "../lib/evaluation/predicted.js";
import {scoresOf} from "../lib/evaluation/scores.js";
import {canonical, hash} from "../lib/pipeline/canonical.js";
import {
  currentResults,
  isShallow,
  listVersions,
  publishedFiles,
  readResults,
  type PublishedResult
} from "../lib/pipeline/versions.js";
import {directories, root} from "../lib/support/paths.js";
import {study} from "../study.js";
import {round} from "../report/shared/rounding.js";
import type {VersionedResult, VersionsArtifact} from "../report/versions/artifact.js";

/** What was published in each version that the history of the repository in a folder keeps, and what is now. */
export function versionsOf(repository: string, published: string): VersionsArtifact {
  const {kind, versions} = listVersions(repository);
  const results: VersionedResult[] = [];
  const places = new Map<string, number>();
  const intern = (result: VersionedResult): number => {
    const name = Object.values(result).join(" ");
    if (!places.has(name)) places.set(name, results.push(result) - 1);
    return places.get(name)!;
  };
  const files = publishedFiles(repository, versions);
  const read = readResults(repository, [...new Set([...files.values()].flat())]);
  const interned = new Map([...read].map(([blob, result]) => [blob, intern(summarise(result))]));
  const now = currentResults(published).map((result) => intern(summarise(result)));
  const earlier = versions.map((version) => ({
    ...version,
    results: files.get(version)!.flatMap((blob) => interned.get(blob) ?? [])
  }));
  return {
    kind,
    shallow: isShallow(repository),
    versions: [{name: "this version", commit: null, date: null, results: now}, ...earlier],
    results
  };
}

/** What is under version control is of COVIDx. */
export default (): VersionsArtifact =>
  study.dataset.name === "covidx"
    ? versionsOf(root, directories.published())
    : {kind: null, shallow: false, versions: [], results: []};

function summarise({id, identity, key, value}: PublishedResult): VersionedResult {
  // The labels of other collections are not classes of the study.
  const scored = isPredictions(value) && !id.startsWith("external-predictions/");
  const scores = scored ? scoresOf(value.probabilities, value.labels, value.classes.length) : null;
  return {
    id,
    identity: short(identity),
    key: short(key),
    digest: short(hash(canonical(value))),
    accuracy: scores && round(scores.accuracy),
    macroF1: scores && round(scores.macroF1)
  };
}

const short = (digest: string) => digest.slice(0, 10);

const isPredictions = (value: unknown): value is Predictions =>
  typeof value === "object" && value !== null && "labels" in value && "probabilities" in value && "classes" in value;
