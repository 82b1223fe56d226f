import {html, svg} from "htl";
import type {NetworkStage, NetworksArtifact} from "../../../src/report/networks/artifact.js";
import {count, list, magnitude, percent, plural} from "../shared/format.js";

type Network = NetworksArtifact["networks"][number];

/** Height of the finest stage, room for a line of text, and the least room for a stage and its text, in pixels. */
const [tallest, line, least] = [64, 16, 30];

/**
 * Every network as a row of blocks, one per stage, all on one scale: as wide as its channels, as high as its
 * resolution.
 */
export function networkStages(networks: readonly Network[], {width}: {width: number}): HTMLElement {
  const channel = Math.min(
    ...networks.map(({stages}) => (width - least * stages.length) / stages.reduce((sum, s) => sum + s.channels, 0))
  );
  const pixel = tallest / Math.max(...networks.flatMap(({stages}) => stages.map((s) => s.height)));
  return html`<div class="network-stages">
    ${networks.map(
      (network) =>
        html`<div>
          <p class="panel-title">${network.title}</p>
          ${drawing(network, {width, channel, pixel})}
        </div>`
    )}
  </div>`;
}

interface Scale {
  width: number;
  /** Pixels of the screen for a channel, and for a pixel of a feature map. */
  channel: number;
  pixel: number;
}

function drawing({title, stages}: Network, {width, channel, pixel}: Scale): SVGElement {
  const middle = line + tallest / 2;
  let left = 0;
  const blocks = stages.map((stage) => {
    const [w, h] = [channel * stage.channels, pixel * stage.height];
    const room = Math.max(w, least - 6);
    const x = left + room / 2;
    left += room + 6;
    return svg`<g>
      <title>${describeStage(stage)}</title>
      <rect
        x=${x - w / 2}
        y=${middle - h / 2}
        width=${w}
        height=${h}
        fill-opacity=${Math.min(1, 0.1 + 1.5 * stage.share)}
      ></rect>
      <text x=${x} y=${middle - h / 2 - 5}>${shareOf(stage)}</text>
      <text x=${x} y=${middle + h / 2 + 13}>${stage.height}</text>
    </g>`;
  });
  const height = tallest + 2 * line + 2;
  return svg`<svg role="img" aria-label=${`Stages of ${title}`} aria-description=${list(stages.map(describeStage))}
    width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}>
    <line x1="0" x2=${left - 6} y1=${middle} y2=${middle}></line>
    ${blocks}
  </svg>`;
}

const describeStage = (s: NetworkStage): string =>
  `${s.height} × ${s.width} pixels, up to ${count(s.channels)} channels, ${plural(s.depth, "layer")} with weights, ` +
  `${magnitude(s.macs)} MACs (${shareOf(s)})`;

const shareOf = ({share}: NetworkStage): string => (share < 0.005 ? "<1%" : percent(share, 0));

/** The stages of all networks, for the download. */
export const stageRows = (networks: readonly Network[]) =>
  networks.flatMap(({id, stages}) => stages.map((stage) => ({network: id, ...stage})));
