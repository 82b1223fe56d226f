import {findPublished} from "../../lib/pipeline/plan.js";
import {openPublished} from "../../lib/pipeline/published.js";
import type {Node} from "../../lib/pipeline/types.js";
import {directories} from "../../lib/support/paths.js";

const published = openPublished(directories.published());

/** Whether every build has a result, with data or without: it is published, or computed from what is. */
export function inEveryBuild(node: Node): boolean {
  if (node.publish) return findPublished(node, published) !== undefined;
  const inputs = Object.values(node.inputs);
  return inputs.length > 0 && inputs.every(inEveryBuild);
}
