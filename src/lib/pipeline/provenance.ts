import {root} from "../support/paths.js";
import {fromPublished, toPublished} from "./codec.js";
import {keyOf, type KeyParts} from "./keys.js";
import type {Fingerprint} from "./module-graph.js";
import {packageVersion} from "./packages.js";
import type {Node, Provenance, Value} from "./types.js";

/** Packages whose versions may change a number even when a stage reaches them through the engine only. */
const engines = ["@tensorflow/tfjs", "@tensorflow/tfjs-node", "sharp"];

/** What is recorded with a result that was computed just now. */
export function provenanceOf(
  node: Node,
  parts: KeyParts,
  fingerprint: Fingerprint,
  {facts, seconds, date}: {facts: Record<string, string | number>; seconds: number; date: Date}
): Provenance {
  const {backend, device, ...others} = facts;
  const packages = Object.fromEntries(engines.map((name) => [name, packageVersion(name, root)]));
  return withoutUndefined({
    id: node.id,
    stage: node.stage,
    params: node.params,
    identity: parts.identity,
    key: keyOf(parts),
    inputs: parts.inputs,
    digests: parts.digests,
    external: parts.external,
    revision: parts.revision,
    code: parts.code,
    packages: {...packages, ...fingerprint.packages},
    node: process.version,
    backend: backend === undefined ? undefined : String(backend),
    device: device === undefined ? undefined : String(device),
    facts: Object.keys(others).length > 0 ? others : undefined,
    seconds: Number(seconds.toFixed(3)),
    date: date.toISOString()
  });
}

/** Provenance as a reader will see it. */
const withoutUndefined = (provenance: Provenance) =>
  fromPublished(toPublished(provenance) as Value) as unknown as Provenance;
