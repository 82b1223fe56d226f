import {html} from "htl";
import type {NetworksArtifact} from "../../../src/report/networks/artifact.js";
import {bytes, count, magnitude, percent} from "../shared/format.js";
import type {Column} from "../shared/table.js";

export type Network = NetworksArtifact["networks"][number];

const number = (label: string, value: Column<Network>["value"]): Column<Network> => ({label, value, align: "right"});

/** A cell of two lines, the second less important. */
const cell = (first: string | Node, second: string | Node) =>
  html`<span>${first} <span class="remark">${second}</span></span>`;

const name = ({title, paper, paperUrl}: Network) =>
  cell(html`<span class="nowrap">${title}</span>`, paperUrl ? html`<a href=${paperUrl}>${paper}</a>` : paper);

function weights({weights}: Network): Node | string {
  if (!weights) return "none published";
  const {url, licence, present} = weights;
  return cell(
    html`<a href=${url}>${new URL(url).hostname}</a>`,
    `${licence}; ${present ? "present" : "absent"} at build`
  );
}

/** What each network is and costs. */
export const networkColumns: Column<Network>[] = [
  {label: "Network", header: true, value: name},
  number("Parameters", ({body, head}) => cell(magnitude(body.parameters), `+ ${magnitude(head.parameters)} head`)),
  number("MACs", ({body, head}) => magnitude(body.macs + head.macs)),
  number("Weights", (network) => bytes(network.bytes)),
  number("Made for", ({inputSize}) => `${inputSize} px`),
  {label: "ImageNet weights", value: weights}
];

type Counted = Network & {published: NonNullable<Network["published"]>};

/** Networks of which somebody else publishes counts. */
export const counted = (networks: readonly Network[]): Counted[] =>
  networks.filter((network): network is Counted => network.published !== undefined);

const difference = (ours: number, theirs: number): string => {
  const share = ours / theirs - 1;
  return Math.abs(share) < 0.0005 ? "equal" : `ours ${share < 0 ? "−" : "+"}${percent(Math.abs(share))}`;
};

const beside = (label: string, of: "parameters" | "macs"): Column<Counted>[] => [
  {label, align: "right", value: ({published}) => magnitude(published.ours[of])},
  {
    label: "published",
    align: "right",
    value: ({published: {ours, ...theirs}}) => {
      const value = theirs[of];
      return value ? cell(magnitude(value), difference(ours[of], value)) : "–";
    }
  }
];

/** Our counts beside the published ones, below which stands how far ours are from them. */
export const comparisonColumns: Column<Counted>[] = [
  {label: "Network", header: true, value: ({title}) => html`<span class="nowrap">${title}</span>`},
  ...beside("Parameters", "parameters"),
  ...beside("MACs", "macs"),
  {label: "Published by", value: ({published}) => published.source}
];

/** The networks without their stages, for the download. */
export const networkRows = (networks: readonly Network[]) =>
  networks.map(({id, title, year, paper, inputSize, body, head, bytes, weights, published}) => ({
    id,
    title,
    paper,
    year,
    inputSize,
    bodyParameters: body.parameters,
    headParameters: head.parameters,
    bodyMacs: body.macs,
    headMacs: head.macs,
    bytes,
    weights: weights?.url,
    licence: weights?.licence,
    publishedParameters: published?.parameters,
    publishedMacs: published?.macs,
    publishedBy: published?.source
  }));

/** How many networks there are, and what they span. */
export function describeNetworks(networks: readonly Network[]): string {
  const all = networks.map(({body}) => body.parameters);
  if (networks.length === 1) return `The study has one network, with ${magnitude(all[0])} parameters before the head.`;
  const range = `${magnitude(Math.min(...all))} to ${magnitude(Math.max(...all))}`;
  return `The study can name ${count(networks.length)} networks, with ${range} parameters before the head.`;
}
