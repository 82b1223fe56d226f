import {hasWeights} from "../first-look.js";
import {validationSplit} from "../lib/dataset/split.js";
import type {Dataset} from "../lib/dataset/types.js";
import {architecture} from "../lib/models/registry.js";
import {byHand} from "../lib/models/weights/locate.js";
import {collect, type Pipeline} from "../lib/pipeline/index.js";
import {duration} from "../lib/pipeline/progress.js";
import type {Node} from "../lib/pipeline/types.js";
import {chosenPlan} from "../lib/study/choose-dataset.js";
import {fit, type Sizes} from "../lib/study/fit.js";
import type {Study} from "../lib/study/schema.js";
import {passesOf, secondsOf, speedOf} from "../report/runs/plan-time.js";

/** What a study is going to do, before it does it: a line each. */
export async function announcement(
  study: Study,
  dataset: Dataset,
  targets: readonly Node[],
  pipeline: Pipeline
): Promise<string[]> {
  const sizes = sizesOf(dataset, study);
  const settings = fit(study, sizes).fitted.map(({words}) => `  ${words}`);
  if (chosenPlan(study.dataset) === "full") return settings;
  const [{model}] = study.runs;
  const {title, imagenet} = architecture(model);
  const starts = hasWeights() ? "from random weights and from ImageNet" : "from random weights";
  const time = await timeOf(study, dataset, sizes, targets, pipeline);
  return [
    `A first look at ${dataset.title}: ${title} ${starts}, ${sizes.train} images to train on and ` +
      `${sizes.test} to test on${time}.`,
    ...(hasWeights() ? [] : [`  From ImageNet too, once its weights are here. ${byHand(imagenet!)}`]),
    ...settings,
    "  The whole study in its place: --full"
  ];
}

/** How many images are listed to train, validate and test on. */
function sizesOf({train, test, validation}: Dataset, {validation: options}: Study): Sizes {
  const [labels, patients] = [train.map(({label}) => label), train.map(({id}) => id.patient)];
  const drawn = () => ("rows" in options ? 0 : validationSplit({labels, patients}, options).validation.length);
  const held = validation?.length ?? drawn();
  return {train: train.length - held, validation: held, test: test.length};
}

/** How long it will take here, where anything of it is still to be trained. */
async function timeOf(
  study: Study,
  dataset: Dataset,
  sizes: Sizes,
  targets: readonly Node[],
  pipeline: Pipeline
): Promise<string> {
  const trainings = collect(targets).filter(({stage}) => stage === "training");
  const plans = await Promise.all(trainings.map((node) => pipeline.plan(node)));
  const left = plans.filter(({action}) => action === "run").length;
  if (left === 0) return "";
  const runs = study.runs.slice(0, left);
  const speed = await speedOf(study, dataset);
  const seconds = secondsOf(passesOf({...study, runs}, sizes), speed, left);
  const minutes = duration(60 * Math.max(1, Math.round(seconds / 60))).replace(/ 0 s$/, "");
  return (
    `, in about ${minutes} on this machine as fast as it is now (${Math.round(speed.forward)} ` +
    "images a second forward)"
  );
}
