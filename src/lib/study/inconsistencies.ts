import {needsImageNet} from "../models/initialisation.js";
import {architecture} from "../models/registry.js";
import {weightedLayers} from "../models/weighted-layers.js";
import {canonical} from "../pipeline/canonical.js";
import {nearest} from "../support/nearest.js";
import {filledIn, sizesOf} from "../training/procedure.js";
import type {Run, Study} from "./fields.js";

/** What is wrong at a place of a study's definition, and what is allowed there. */
export interface Inconsistency {
  path: (string | number)[];
  message: string;
}

type Checked = Pick<Study, "dataset" | "validation" | "procedures" | "runs" | "analyses">;

/** What a definition says that contradicts itself, though each value by itself is allowed. */
export const inconsistencies = (study: Checked): Inconsistency[] => [
  ...inValidation(study),
  ...inMembers(study),
  ...inCaches(study),
  ...study.runs.flatMap((run, i) =>
    [...inRun(run, study), ...besideEarlier(run, study.runs.slice(0, i))].map(({path, message}) => ({
      path: ["runs", i, ...path],
      message
    }))
  )
];

const inValidation = ({dataset, validation}: Checked): Inconsistency[] =>
  "rows" in validation && dataset.name !== "covidx"
    ? [
        {
          path: ["validation", "rows"],
          message:
            `only COVIDx has these rows, and the dataset is "${dataset.name}"; use {fraction, seed, ` +
            "groupByPatient}"
        }
      ]
    : [];

function inMembers({runs, analyses}: Checked): Inconsistency[] {
  const {members} = analyses.ensemble;
  const ids = runs.map(({id}) => id);
  return members.flatMap((member, i) => {
    const path = ["analyses", "ensemble", "members", i];
    if (!ids.includes(member)) return [{path, message: `"${member}" is not a run; allowed: ${ids.join(", ")}`}];
    return members.indexOf(member) < i ? [{path, message: `"${member}" is a member already`}] : [];
  });
}

const inCaches = ({procedures}: Checked): Inconsistency[] =>
  Object.entries(procedures).flatMap(([name, procedure]) =>
    procedure.phases.flatMap((phase, i) => {
      const {train, trainBatchNorm, cachedCopies, mixup} = filledIn(procedure, phase);
      return cachedCopies === undefined || (train === "head" && !trainBatchNorm && mixup === 0)
        ? []
        : [
            {
              path: ["procedures", name, "phases", i, "cachedCopies"],
              message: 'features can be cached only where train is "head", trainBatchNorm is false and mixup is 0'
            }
          ];
    })
  );

function inRun({model, initialisation, procedure}: Run, {procedures}: Checked): Inconsistency[] {
  const {title, imagenet, top} = architecture(model);
  const found: Inconsistency[] = [];
  const known = Object.keys(procedures);
  if (!known.includes(procedure)) {
    found.push({path: ["procedure"], message: `"${procedure}" is not defined; allowed: ${known.join(", ")}`});
  } else if (top && sizesOf(procedures[procedure]).length > 1) {
    found.push({
      path: ["procedure"],
      message: `the top of ${title} fits one image size, and "${procedure}" has several`
    });
  }
  if (needsImageNet(initialisation) && !imagenet) {
    found.push({path: ["initialisation"], message: `nobody publishes ImageNet weights of ${title}; use "random"`});
  }
  if (typeof initialisation !== "string") {
    const layers = weightedLayers(architecture(model));
    const {imagenetUpTo: layer} = initialisation;
    if (!layers.includes(layer)) {
      found.push({
        path: ["initialisation", "imagenetUpTo"],
        message: `"${layer}" is no layer with weights of ${title}; near names: ${nearest(layer, layers).join(", ")}`
      });
    }
  }
  return found;
}

/** Of two runs that are the same but for their names, one would be taken for another seed of the other. */
function besideEarlier(run: Run, earlier: readonly Run[]): Inconsistency[] {
  if (earlier.some(({id}) => id === run.id)) {
    return [{path: ["id"], message: `"${run.id}" is used twice; every run needs its own id`}];
  }
  const of = (one: Run) => canonical({...one, id: ""});
  const same = earlier.find((one) => of(one) === of(run));
  return same
    ? [{path: ["id"], message: `"${run.id}" is the same run as "${same.id}"; change its seed, or leave it out`}]
    : [];
}
