import {group} from "d3";
import {clopperPearson} from "../../lib/measures/interval.js";
import {above, all, cannotTell, type Claim, type Status} from "../../lib/study/claims.js";
import {startNames} from "../shared/start-names.js";
import type {ExternalRun} from "../external/artifact.js";
import {apart, interval, type Evidence} from "./evidence.js";

const source = "This report";
const disease = "COVID-19";

/** The share of a group's images that a run takes for COVID-19, with its exact interval; of no images there is none. */
function suspected({external: {classes}}: Evidence, {groups}: ExternalRun, {collection, label, words}: Group) {
  const found = groups.find((one) => one.collection === collection && one.label === label);
  if (!found?.images) return undefined;
  const {k, n} = found.takenFor[classes.indexOf(disease)];
  const estimate = clopperPearson(k, n);
  const patients = found.patients ? ` of ${found.patients} patients` : "";
  return {...estimate, words: `${k} of ${n} ${words}${patients}, ${interval(estimate)},`};
}

/** Images of one label in a collection, and what they are called in a sentence. */
interface Group {
  collection: string;
  label: string;
  words: string;
}
const adults: Group = {collection: "nih", label: "No finding", words: "NIH images without a finding"};
const children: Group = {collection: "home", label: "normal", words: "normal test images"};
const ill: Group = {collection: "figure1", label: disease, words: `Figure 1 images of ${disease}`};

/**
 * How many of some runs do so: in all, and of each start. "7 of 12 runs of 2 networks (ImageNet 6 of 6, random 1 of
 * 6)".
 */
function tally(asked: readonly {run: ExternalRun; status: Status}[]): string {
  const part = (some: typeof asked) => `${some.filter(({status}) => status === "supported").length} of ${some.length}`;
  const networks = new Set(asked.map(({run}) => run.network)).size;
  const starts = [...group(asked, ({run}) => run.start)].map(([start, some]) => `${start} ${part(some)}`);
  return `${part(asked)} runs of ${networks} ${networks === 1 ? "network" : "networks"} (${starts.join(", ")})`;
}

/** Whether the best network takes one group for COVID-19 more often than another, and how many of all runs do. */
function more(evidence: Evidence, first: Group, second: Group) {
  const asked = evidence.external.runs.flatMap((run) => {
    const [a, b] = [first, second].map((group) => suspected(evidence, run, group));
    return run.ensemble || !a || !b ? [] : [{run, a, b, status: apart(a, b)}];
  });
  const shown = asked.find(({run}) => run.leads);
  if (!shown) return cannotTell("No network has predicted the images of other hospitals yet.");
  const {run, a, b, status} = shown;
  return {
    status,
    because:
      `${run.title} takes ${a.words} and ${b.words} for ${disease}. The exact intervals take images ` +
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
    test: (evidence) => more(evidence, adults, children)
  },
  {
    id: "disease-elsewhere",
    statement:
      "On images of other hospitals, the network that is best on validation takes COVID-19 for " +
      "COVID-19 more often than adults without a finding.",
    source,
    strength: "intervals",
    test: (evidence) => more(evidence, ill, adults)
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
