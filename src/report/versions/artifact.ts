import type {Source} from "../shared/source.js";

/** docs/data/provenance.json */
export interface ProvenanceArtifact {
  version: string;
  node: string;
  packages: Record<string, string>;
  builtAt: string;
  stages: (Source & {
    stage: string;
    params: unknown;
    inputs: Record<string, string>;
    revision?: number;
    identity: string;
    packages: Record<string, string>;
    node: string;
  })[];
  /** Stages that could not be had, and why. */
  missing: {id: string; reason: string}[];
}

/** docs/data/versions.json: the published results in the versions that the repository's history keeps. */
export interface VersionsArtifact {
  /** What names a version; null without a repository. */
  kind: "tags" | "commits" | null;
  /** Whether older versions may lie beyond the end of a shallow clone. */
  shallow: boolean;
  /** This one, then the others, the newest first. `results` are places in the list of all results. */
  versions: {name: string; commit: string | null; date: string | null; results: number[]}[];
  results: VersionedResult[];
}

/** A published result as some version has it. Digests are shortened to 10 hexadecimal digits. */
export interface VersionedResult {
  id: string;
  identity: string;
  key: string;
  /** Of its value. */
  digest: string;
  /** Of predictions, on the images that they are of. */
  accuracy: number | null;
  macroF1: number | null;
}
