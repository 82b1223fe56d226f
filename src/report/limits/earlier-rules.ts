import type {Node, Result} from "../../lib/pipeline/types.js";
import {nodes} from "../nodes.js";
import {study} from "../../study.js";
import {attempt} from "../shared/support.js";
import type {LimitsArtifact} from "./artifact.js";

/** What is predicted with changed copies of every image, whose rule the revision of these stages says. */
const stages = ["predictions", "validation-predictions", "external-predictions"];

/** Predictions with changed copies that an earlier revision of their stage computed, of all that there are. */
export async function earlierPredictions(): Promise<LimitsArtifact["earlier"]> {
  const copying = nodes(study).filter(({stage, params}) => stages.includes(stage) && "copies" in (params as object));
  const found: {node: Node; result: Result<unknown>}[] = [];
  for (const node of copying) {
    const result = await attempt(node);
    if ("value" in result) found.push({node, result});
  }
  return countEarlier(found);
}

/** By stage, how many results are of an earlier revision than the stage has now; without stages where none is. */
export const countEarlier = (
  found: readonly {node: Pick<Node, "stage" | "revision">; result: Pick<Result<unknown>, "provenance">}[]
): LimitsArtifact["earlier"] =>
  stages.flatMap((stage) => {
    const own = found.filter(({node}) => node.stage === stage);
    const earlier = own.filter(({node, result}) => (result.provenance.revision ?? 0) < (node.revision ?? 0));
    return earlier.length > 0 ? [{stage, results: earlier.length, of: own.length}] : [];
  });
