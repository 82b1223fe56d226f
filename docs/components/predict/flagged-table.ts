import type {Estimate} from "measures";
import {html} from "htl";
import type {PlausibilityArtifact} from "../../../src/report/predict/artifact.js";
import type {Row} from "../shared/csv.js";
import {count, percent, ratio} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";

type Network = PlausibilityArtifact["networks"][number];
type Group = Network["groups"][number];

const collections: Record<string, string> = {
  covidx: "COVIDx, test list",
  nih: "NIH ChestX-ray8",
  "cohen-others": "Cohen et al., other patients",
  figure1: "Figure 1"
};

/** What a group shows, in words. */
export const titleOf = ({side, kind}: Pick<Group, "side" | "kind">): string =>
  side === "frontal" ? `Radiographs: ${collections[kind] ?? kind}` : kind.replace(/^./, (first) => first.toUpperCase());

const shareCell = (e: Estimate) =>
  html`<span>${percent(e.value)} <span class="remark">${percent(e.low)}–${percent(e.high)}</span></span>`;

const columns: Column<Group>[] = [
  {
    label: "Images",
    header: true,
    value: (group) =>
      group.taught
        ? html`<span>${titleOf(group)} <span class="remark">such changes were taught</span></span>`
        : titleOf(group)
  },
  {label: "Flagged", align: "right", value: ({flagged}) => ratio(flagged)},
  {label: "Share", align: "right", value: ({flagged}) => shareCell(flagged)},
  {label: "By pixels", align: "right", value: ({pixels}) => count(pixels)},
  {label: "By features", align: "right", value: ({features}) => count(features)}
];

/** How many images of each group are flagged, and by what. */
export const flaggedTable = ({groups}: Pick<Network, "groups">): HTMLElement =>
  dataTable(columns, groups, {label: "What is flagged, by kind"});

/** The table as rows for the download. */
export const flaggedRows = ({run, groups}: Pick<Network, "run" | "groups">): Row[] =>
  groups.map(({side, kind, taught, pixels, features, flagged}) => ({
    ...{run, side, kind, taught, pixels, features},
    ...{flagged: flagged.k!, images: flagged.n!, low: flagged.low, high: flagged.high}
  }));
