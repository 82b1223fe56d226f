import {above, all, cannotTell, type Claim, type Status} from "../../lib/study/claims.js";
import {startNames} from "../shared/start-names.js";
import {grouped} from "../shared/tables.js";
import {apart, interval, type Evidence, type SuspectedRun} from "./evidence.js";
import type {Suspected} from "./suspected.js";

const source = "This report";
const disease = "COVID-19";

const adults = {collection: "nih", label: "No finding"};

/** What groups of images are called in a sentence. */
const names = {
  adults: "NIH images without a finding",
  children: "normal test images",
  ill: `Figure 1 images of ${disease}`
};
type Group = keyof typeof names;

/** "3 of 100 NIH images without a finding of 80 patients, 0.030 (0.006 to 0.085)," */
const words = (share: Suspected, group: Group): string =>
  `${share.k} of ${share.n} ${names[group]}${share.patients ? ` of ${share.patients} patients` : ""}, ` +
  `${interval(share)},`;

/**
 * How many of some runs do so: in all, and of each start. "7 of 12 runs of 2 networks (ImageNet 6 of 6, random 1 of
 * 6)".
 */
function tally(asked: readonly {run: SuspectedRun; status: Status}[]): string {
  const part = (some: typeof asked) => `${some.filter(({status}) => status === "supported").length} of ${some.length}`;
  const networks = new Set(asked.map(({run}) => run.network)).size;
  const starts = grouped(asked, ({run: {start = null}}) => ({start})).map(
    (some) => `${some[0].run.start} ${part(some)}`
  );
  return `${part(asked)} runs of ${networks} ${networks === 1 ? "network" : "networks"} (${starts.join(", ")})`;
}

/** Whether the best network takes one group for COVID-19 more often than another, and how many of all runs do. */
function more({suspected}: Evidence, first: Group, second: Group) {
  const asked = suspected.flatMap((run) => {
    const [a, b] = [run[first], run[second]];
    return a && b ? [{run, a, b, status: apart(a, b)}] : [];
  });
  const shown = asked.find(({run}) => run.leads);
  if (!shown) return cannotTell("No network has predicted the images of other hospitals yet.");
  const {run, a, b, status} = shown;
  return {
    status,
    because:
      `${run.title} takes ${words(a, first)} and ${words(b, second)} for ${disease}. The exact intervals take images ` +
      `as independent. In ${tally(asked)} the first interval lies above the second.`
  };
}

/** What this report says of images of other hospitals. */
export const elsewhereClaims: Claim<Evidence>[] = [
  {
    id: "recognises-dataset",
    statement:
      "The network that is best on validation recognises the dataset, not the disease alone: it " +
      "takes adults of another hospital without a finding for COVID-19 more often than the normal " +
      "children of the test list.",
    source,
    strength: "intervals",
    test: (evidence) => more(evidence, "adults", "children")
  },
  {
    id: "disease-elsewhere",
    statement:
      "On images of other hospitals, the network that is best on validation takes COVID-19 for " +
      "COVID-19 more often than adults without a finding.",
    source,
    strength: "intervals",
    test: (evidence) => more(evidence, "ill", "adults")
  },
  {
    id: "pretraining-suspects-adults",
    statement:
      "Runs from ImageNet take adults of another hospital without a finding for COVID-19 more often " +
      "than their twins from random weights.",
    source,
    strength: "paired test",
    test: ({external: {pairs}}) => {
      const found = pairs.flatMap(({title, start, collection, groups}) => {
        const of = groups.find(({label}) => label === adults.label);
        return collection === adults.collection && start === startNames.imagenet && of
          ? [{title, ...of.difference}]
          : [];
      });
      return found.length
        ? {
            status: all(found.map((difference) => above(difference, 0))),
            because:
              "Difference in the share of NIH’s images without a finding, interval over patients, in " +
              `${found.length} pairs of runs: ` +
              `${found.map(({title, ...difference}) => `${title} ${interval(difference)}`).join("; ")}.`
          }
        : cannotTell("No network has predicted the images of other hospitals from both starts yet.");
    }
  }
];
