import {mean} from "d3";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node} from "../../lib/pipeline/types.js";
import type {LayerSimilarity} from "./artifact.js";

/** Layers by depth, and the means over the third next to the images and over the third next to the head. */
export const summarized = stage({
  name: "layers",
  module: import.meta.url,
  id: ({of}: {of: Node<readonly LayerSimilarity[]>}) => of.id,
  inputs: ({of}) => ({layers: of}),
  run: ({layers}) => {
    const meanWhere = (is: (depth: number) => boolean) =>
      mean(
        layers.filter(({depth}) => is(depth)),
        ({cka}) => cka
      )!;
    return {
      layers: layers.map(({layer, depth, cka}) => ({layer, depth, cka})),
      lowest: meanWhere((depth) => depth <= 1 / 3),
      highest: meanWhere((depth) => depth > 2 / 3)
    };
  }
});
