import {compareMaps, readCamReference} from "../explain/cam-reference.js";
import type {Checker} from "./checker.js";
import {needWeights, registered} from "./requirements.js";

/** Every Grad-CAM map that another program lists, of a network with its published weights and top. */
export const gradCamMaps: Checker = {
  kind: "Grad-CAM maps",
  recognises: (content) => "cams" in content && "model" in content,
  check: async (path) => {
    const reference = readCamReference(path);
    const architecture = registered(reference.model);
    needWeights(architecture);
    const errors = [...(await compareMaps(architecture, reference))];
    const [name, error] = errors.reduce((worst, one) => (one[1] > worst[1] ? one : worst));
    // The error of a map is a share of its own maximum.
    const detail = `largest of ${errors.length} maps: ${name}`;
    return {what: `Grad-CAM maps of ${architecture.title}`, error, tolerance: 1e-4, detail};
  }
};
