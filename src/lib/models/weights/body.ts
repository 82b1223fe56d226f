import type {NamedWeights} from "../architecture.js";

/** The weights of the convolutional body in a file: a top consists of the layers that have a matrix. */
export function withoutTop(weights: NamedWeights): NamedWeights {
  const layerOf = (name: string) => name.replace(/[./][^./]*$/, "");
  const dense = new Set([...weights].flatMap(([name, {shape}]) => (shape.length === 2 ? layerOf(name) : [])));
  return new Map([...weights].filter(([name]) => !dense.has(layerOf(name))));
}

/** A name that Keras gave: "conv2d", "conv2d_97". */
const unnamed = /^((?:separable_|depthwise_)?conv2d|batch_normalization)(?:_(\d+))?\//;

/**
 * Renames layers that Keras left unnamed, whose numbers depend on what was built before in the same session, to those
 * of the same kind that are expected, in the order of the numbers. A kind that is not as frequent as expected stays as
 * it is.
 */
export function renumber(weights: NamedWeights, expected: Iterable<string>): NamedWeights {
  const [theirs, ours] = [numbered(weights.keys()), numbered(expected)];
  const renamed = new Map<string, string>();
  for (const [kind, layers] of theirs) {
    const targets = ours.get(kind) ?? [];
    if (targets.length === layers.length) layers.forEach((layer, i) => renamed.set(layer, targets[i]));
  }
  return new Map(
    [...weights].map(([name, weight]) => {
      const layer = name.slice(0, name.lastIndexOf("/"));
      return [`${renamed.get(layer) ?? layer}${name.slice(layer.length)}`, weight];
    })
  );
}

/** The unnamed layers of every kind, by their number. */
function numbered(names: Iterable<string>): Map<string, string[]> {
  const kinds = new Map<string, Map<number, string>>();
  for (const name of names) {
    const [match, kind, number = "0"] = unnamed.exec(name) ?? [];
    if (match) kinds.set(kind, (kinds.get(kind) ?? new Map()).set(Number(number), match.slice(0, -1)));
  }
  return new Map(
    [...kinds].map(([kind, layers]) => [kind, [...layers].sort(([a], [b]) => a - b).map(([, layer]) => layer)])
  );
}
