import {existsSync} from "node:fs";
import type {Architecture} from "../lib/models/architecture.js";
import {architecture} from "../lib/models/registry.js";
import {weightPath} from "../lib/models/weights/locate.js";
import {countedModels} from "../report/nodes.js";
import {profile} from "../report/networks/profile.js";
import {study} from "../study.js";
import {publishedCounts} from "../report/networks/published-counts.js";
import {round} from "../report/shared/rounding.js";
import {attempt, sourceOf} from "../report/shared/support.js";
import type {Cost, NetworksArtifact} from "../report/networks/artifact.js";

type Counted = Omit<Awaited<ReturnType<ReturnType<typeof profile>["run"]>>, "layers">;

/** The networks that the report counts. */
export default () => describeNetworks(countedModels(study).map(architecture));

/** The same for some networks. */
export async function describeNetworks(shown: readonly Architecture[]): Promise<NetworksArtifact> {
  const artifact: NetworksArtifact = {size: 0, classes: 0, networks: [], uncounted: []};
  for (const architecture of shown) {
    const result = await attempt(profile({model: architecture.id}));
    if ("missing" in result) artifact.uncounted.push({title: architecture.title, ...result});
    else {
      const {size, classes} = result.value;
      Object.assign(artifact, {size, classes});
      artifact.networks.push({
        ...describe(architecture),
        ...counts(architecture, result.value),
        source: sourceOf(result)
      });
    }
  }
  return artifact;
}

function describe({id, title, paper, year, size, imagenet}: Architecture) {
  const [, identifier] = /arXiv:(\S+)/.exec(paper) ?? [];
  return {
    id,
    title,
    paper,
    ...(identifier && {paperUrl: `https://arxiv.org/abs/${identifier}`}),
    year,
    inputSize: size,
    weights: imagenet
      ? {
          file: imagenet.file,
          url: imagenet.url,
          licence: imagenet.licence,
          present: existsSync(weightPath(imagenet))
        }
      : null
  };
}

function counts({id, top}: Architecture, {body, head, stages, features}: Counted) {
  const cost = ({parameters, macs}: Cost): Cost => ({parameters, macs});
  const sum = (a: Cost, b: Cost): Cost => ({parameters: a.parameters + b.parameters, macs: a.macs + b.macs});
  // Published counts include a classifier of ImageNet's 1000 classes on the averaged features, or the network's own
  // top.
  const published = publishedCounts[id];
  const classifier = top ? head : {parameters: 1000 * (features + 1), macs: 1000 * features};
  return {
    body: cost(body),
    head: cost(head),
    bytes: 4 * (body.parameters + body.statistics),
    stages: stages.map(({height, width, channels, depth, ...stage}) => ({
      height,
      width,
      channels,
      depth,
      ...cost(stage),
      share: round(stage.macs / body.macs)
    })),
    ...(published && {published: {ours: sum(body, classifier), ...published}})
  };
}
