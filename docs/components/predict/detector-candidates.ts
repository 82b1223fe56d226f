import {html} from "htl";
import type {PlausibilityArtifact} from "../../../src/report/predict/artifact.js";
import type {Row} from "../shared/csv.js";
import {percent, share} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";

type Candidates = PlausibilityArtifact["networks"][number]["candidates"];

/** Ways to tell from features, with where they are from. */
const ways: Record<string, {title: string; paper?: string}> = {
  energy: {title: "Energy of the logits", paper: "Liu et al. 2020, arXiv:2010.03759"},
  neighbours: {
    title: "Distance to the nearest training images, last layer",
    paper: "Sun et al. 2022, arXiv:2204.06507"
  },
  mahalanobis: {title: "Mahalanobis distance, last layer", paper: "Lee et al. 2018, arXiv:1807.03888"},
  layers: {title: "Mahalanobis distance, several layers", paper: "Lee et al. 2018, arXiv:1807.03888"},
  altered: {
    title: "Classifier of altered radiographs, several layers",
    paper: "after Hendrycks et al. 2019, arXiv:1812.04606"
  },
  both: {title: "The last two together: what predict does"}
};

/** Of all groups of a side, how many images a way flags. */
function totals(groups: Candidates, way: string, side: "frontal" | "other") {
  const some = groups.filter((group) => group.side === side);
  return {
    k: some.reduce((sum, {flagged}) => sum + flagged[way], 0),
    n: some.reduce((sum, {n}) => sum + n, 0)
  };
}

/** Every way to tell, and what it flags of both sides, as rows for the table and the download. */
export const candidateRows = (groups: Candidates): Row[] =>
  Object.keys(ways).map((way) => {
    const [other, frontal] = (["other", "frontal"] as const).map((side) => totals(groups, way, side));
    return {way, others_flagged: other.k, others: other.n, radiographs_flagged: frontal.k, radiographs: frontal.n};
  });

/** A table of the ways to tell, by what each flags. */
export function candidatesTable(groups: Candidates): HTMLElement {
  const least = (way: string) => {
    const others = groups.filter(({side}) => side === "other");
    return others.reduce((a, b) => (b.flagged[way] / b.n < a.flagged[way] / a.n ? b : a));
  };
  const columns: Column<string>[] = [
    {
      label: "By",
      header: true,
      value: (way) => html`<span>${ways[way].title} <span class="remark">${ways[way].paper}</span></span>`
    },
    {
      label: "Of what is none, flagged",
      align: "right",
      value: (way) => {
        const {k, n} = totals(groups, way, "other");
        return share(k, n);
      }
    },
    {
      label: "Least of",
      value: (way) => {
        const {kind, flagged, n} = least(way);
        return `${kind}: ${percent(flagged[way] / n, 0)}`;
      }
    },
    {
      label: "Radiographs flagged",
      align: "right",
      value: (way) => {
        const {k, n} = totals(groups, way, "frontal");
        return share(k, n);
      }
    }
  ];
  return dataTable(columns, Object.keys(ways), {label: "Ways to tell what is no radiograph"});
}
