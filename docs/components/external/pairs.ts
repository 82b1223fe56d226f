import type {ExternalArtifact} from "../../../src/report/external/artifact.js";
import {difference} from "../claims/comparisons.js";
import {count, plural} from "../shared/format.js";
import {dataTable} from "../shared/table.js";

type ExternalPair = ExternalArtifact["pairs"][number];
const groupOf = (pair: ExternalPair, label: string) => pair.groups.find((group) => group.label === label)!.difference;

/** One line a pair of twins: what pretraining changes in both collections. */
export const pairLines = (pairs: readonly ExternalPair[]) =>
  pairs
    .filter(({collection}) => collection === "nih")
    .map((nih) => {
      const figure1 = pairs.find((pair) => pair.collection === "figure1" && pair.title === nih.title);
      return {
        title: nih.title,
        alarms: groupOf(nih, "No finding"),
        recall: figure1 ? groupOf(figure1, "COVID-19") : null,
        area: nih.area
      };
    });

/** What pretraining changes on images from elsewhere, pair by pair. */
export const pairTable = (pairs: readonly ExternalPair[]): HTMLElement =>
  dataTable(
    [
      {label: "Network and start", header: true, value: ({title}) => title},
      {label: "Figure 1, COVID-19", align: "right", value: ({recall}) => (recall ? difference(recall) : "–")},
      {label: "NIH, no finding", align: "right", value: ({alarms}) => difference(alarms)},
      {label: "Area, NIH", align: "right", value: ({area}) => (area ? difference(area) : "–")}
    ],
    pairLines(pairs),
    {label: "What pretraining changes on images from elsewhere"}
  );

/** What pretraining changes. */
export function describePairs({pairs}: Pick<ExternalArtifact, "pairs">): string {
  const lines = pairLines(pairs);
  if (!lines.length) return "No network has results from both starts on these images yet.";
  const against = (of: "alarms" | "recall" | "area") => {
    const known = lines.flatMap((line) => line[of] ?? []);
    const [up, down] = [known.filter(({low}) => low > 0).length, known.filter(({high}) => high < 0).length];
    return `higher in ${count(up)}, lower in ${count(down)} and unclear in ${count(known.length - up - down)}`;
  };
  return (
    `Of ${plural(lines.length, "pair")} of runs that differ in the start, the pretrained run’s ` +
    `share of Figure 1’s COVID-19 that is found is ${against("recall")}; its share of NIH’s adults ` +
    `without a finding that are called COVID-19 is ${against("alarms")}; its area of normal on NIH ` +
    `is ${against("area")}.`
  );
}
