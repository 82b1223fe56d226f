import {createRequire} from "node:module";
import {collect} from "../lib/pipeline/schedule.js";
import type {Value} from "../lib/pipeline/types.js";
import {nodes} from "../report/nodes.js";
import {attempt, sourceOf, withoutFolders} from "../report/shared/support.js";
import type {ProvenanceArtifact} from "../report/versions/artifact.js";

const require = createRequire(import.meta.url);
const {version, dependencies} = require("../../package.json") as {
  version: string;
  dependencies: Record<string, string>;
};

/** The project's own folders are no packages with a version. */
const fromElsewhere = Object.fromEntries(Object.entries(dependencies).filter(([, v]) => !v.startsWith("file:")));

/** Where every result of the report comes from. */
export default async function (): Promise<ProvenanceArtifact> {
  const stages: ProvenanceArtifact["stages"] = [];
  const missing: ProvenanceArtifact["missing"] = [];
  for (const node of collect(nodes()).filter(reported)) {
    const result = await attempt(node);
    if ("missing" in result) {
      missing.push({id: node.id, reason: result.missing});
      continue;
    }
    const {stage, inputs, revision, identity, packages, node: nodeVersion} = result.provenance;
    const params = JSON.parse(withoutFolders(JSON.stringify(result.provenance.params))) as Value;
    stages.push({...sourceOf(result), stage, params, inputs, revision, identity, packages, node: nodeVersion});
  }
  return {
    version,
    node: process.versions.node,
    packages: fromElsewhere,
    builtAt: new Date().toISOString(),
    stages,
    missing
  };
}

/** Results that the report shows; images and weights are steps on the way, which need the data. */
const reported = ({stage}: {stage: string}) => !["pixels", "training", "masks"].includes(stage);
