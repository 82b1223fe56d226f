import type {FeatureChangeArtifact} from "../../../src/report/pretraining/artifact.js";
import {depthChart, type DepthLine, depthRows, pairKinds} from "./feature-change.js";
import {figure} from "../shared/figure.js";
import {titledPanels} from "../shared/panels.js";
import {startLegend} from "../shared/start-legend.js";
import {startScales} from "./starts.js";

export interface FeatureFigureOptions {
  /** In the order of their colours. */
  starts: string[];
  /** Draws anew when the width changes: Framework's. */
  resize: (draw: (width: number) => Element) => Node;
}

/** A chart of each network: CKA by depth, in the colours of `groups`. */
function depthPanels(lines: readonly DepthLine[], groups: string[], label: string, {resize}: FeatureFigureOptions) {
  const {color} = startScales(groups);
  return titledPanels([...new Set(lines.map(({network}) => network))], (network) => {
    const own = lines.filter((line) => line.network === network);
    return resize((width) => depthChart(own, {width, label: `${label}, ${network}`, color}));
  });
}

/** How alike the last features of every run are to those that it started from. */
export const changeFigure = (
  lines: readonly DepthLine[],
  {runs}: FeatureChangeArtifact,
  options: FeatureFigureOptions
) =>
  figure(
    {
      name: "feature-change",
      title: "CKA of the last features with those that the run started from, by depth",
      caption:
        "Linear CKA (Kornblith et al. 2019, arXiv:1905.00414), unbiased, over the test images: 1 is no " +
        "change but for rotation and scale, 0 nothing in common. Depth is the share of the layers with " +
        "a kernel; features are the channels’ means over an image, so that a pattern that moved has " +
        "not changed. Before its first step a network has the batch statistics of these images, as " +
        "training would give it. A line is a run, dashed where it saw a part of the training images.",
      source: runs.map(({source}) => source),
      data: depthRows(lines)
    },
    startLegend(options.starts),
    depthPanels(lines, options.starts, "Features before and after training", options)
  );

/** How alike the last features of two runs are. */
export function agreementFigure(
  lines: readonly DepthLine[],
  {pairs}: FeatureChangeArtifact,
  options: FeatureFigureOptions
) {
  const kinds = pairKinds(options.starts, lines);
  return figure(
    {
      name: "feature-agreement",
      title: "CKA of the last features of two runs, by depth",
      caption:
        "A line is a pair of runs on the same share of the images that differ in the seed alone, or in " +
        "the start and what belongs to it: where the start is ImageNet, the procedure may be another " +
        "(Method). Two seeds of one start give the scale: what differs by chance. Dashed where they " +
        "saw a part of the training images.",
      source: pairs.map(({source}) => source),
      data: depthRows(lines)
    },
    startLegend(
      kinds,
      lines.map(({group}) => group)
    ),
    depthPanels(lines, kinds, "Last features of two runs", options)
  );
}
