import {clopperPearson} from "../../lib/evaluation/intervals.js";
import {above, all, cannotTell, type Claim} from "../../lib/study/claims.js";
import {startNames} from "../start-names.js";
import type {Estimate, ExternalRun} from "../types.js";
import {apart, interval, type Evidence} from "./evidence.js";

const source = "This report";
const disease = "COVID-19";

/** The share of a group's images that a run takes for COVID-19, with its exact interval; of no images there is none. */
function suspected({external: {classes}}: Evidence, {groups}: ExternalRun, {collection, label, words}: Group) {
  const group = groups.find((one) => one.collection === collection && one.label === label);
  if (!group?.images) return undefined;
  const {k, n} = group.takenFor[classes.indexOf(disease)] as Required<Estimate>;
  const {lower, upper} = clopperPearson(k, n);
  const estimate = {value: k / n, low: lower, high: upper};
  const patients = group.patients ? ` of ${group.patients} patients` : "";
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

/** Whether the best network takes one group for COVID-19 more often than another, and how many of all networks do. */
function more(evidence: Evidence, first: Group, second: Group) {
  const asked = evidence.external.runs.flatMap((run) => {
    const [a, b] = [first, second].map((group) => suspected(evidence, run, group));
    return run.ensemble || !a || !b ? [] : [{run, a, b, status: apart(a, b)}];
  });
  const shown = asked.find(({run}) => run.leads);
  if (!shown) return cannotTell("No network has predicted the images of other hospitals yet.");
  const {run, a, b, status} = shown;
  const many = asked.filter((one) => one.status === "supported").length;
  return {
    status,
    because: `${run.title} takes ${a.words} and ${b.words} for ${disease}. The exact intervals take images as independent. In ${many} of the ${asked.length} networks with results there, the first interval lies above the second.`
  };
}

/** What this report says of images of other hospitals. */
export const elsewhereClaims: Claim<Evidence>[] = [
  {
    id: "recognises-dataset",
    statement:
      "The network that is best on validation recognises the dataset, not the disease alone: it takes adults of another hospital without a finding for COVID-19 more often than the normal children of the test list.",
    source,
    strength: "intervals",
    test: (evidence) => more(evidence, adults, children)
  },
  {
    id: "disease-elsewhere",
    statement:
      "On images of other hospitals, the network that is best on validation takes COVID-19 for COVID-19 more often than adults without a finding.",
    source,
    strength: "intervals",
    test: (evidence) => more(evidence, ill, adults)
  },
  {
    id: "pretraining-suspects-adults",
    statement:
      "Networks from ImageNet take adults of another hospital without a finding for COVID-19 more often than their twins from random weights.",
    source,
    strength: "paired test",
    test: ({external: {pairs}}) => {
      const found = pairs.flatMap(({title, start, collection, groups}) => {
        const group = groups.find(({label}) => label === adults.label);
        return collection === adults.collection && start === startNames.imagenet && group
          ? [{title, ...group.difference}]
          : [];
      });
      return found.length
        ? {
            status: all(found.map((difference) => above(difference, 0))),
            because: `Difference in the share of NIH’s images without a finding, interval over patients: ${found.map(({title, ...difference}) => `${title} ${interval(difference)}`).join("; ")}.` // prettier-ignore
          }
        : cannotTell("No network has predicted the images of other hospitals from both starts yet.");
    }
  }
];
