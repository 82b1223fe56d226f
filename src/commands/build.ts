import {group} from "d3";
import type {parseArgs} from "node:util";
import {lookAhead} from "../lib/pipeline/ahead.js";
import {inWords} from "../lib/pipeline/estimate.js";
import {createPipeline, type Pipeline, share} from "../lib/pipeline/index.js";
import {createDisplay, displayTask} from "../lib/pipeline/progress.js";
import type {Node} from "../lib/pipeline/types.js";
import {buildSite} from "../site/build.js";
import {commandOf} from "../lib/study/choose-dataset.js";
import {UserError} from "../lib/support/errors.js";
import {trainingTime} from "../report/runs/forecast.js";
import {nodes} from "../report/nodes.js";
import {study} from "../study.js";

type Options = ReturnType<typeof parseArgs>["values"];

/**
 * Says what a build will compute beyond reading, and builds the site. What takes longer than seconds, training above
 * all, is left to the study unless it is asked for.
 */
export async function buildCommand({train, "no-train": withoutTraining}: Options): Promise<void> {
  if (train && withoutTraining) throw new UserError("Train, or not?", {hint: "Leave out --train or --no-train."});
  const display = createDisplay(process.stderr, undefined, {brief: true});
  const pipeline = createPipeline({effort: train ? "hours" : "seconds", onEvent: display.onEvent});
  share(pipeline);
  try {
    for (const line of await announce(pipeline)) display.print(line);
    await displayTask("report", ({onProgress}) => buildSite({log: display.print, onProgress}), display);
  } finally {
    display.close();
  }
}

/** What is computed, and what is left out because it takes too long: how many results of which stages. */
async function announce(pipeline: Pipeline): Promise<string[]> {
  const {running, left} = await lookAhead(nodes(), pipeline);
  return [
    running.length
      ? `Computes ${plural(running.length)}: ${counted(running)}${await timeOf(running, pipeline)}.`
      : "Every result is there: nothing is computed.",
    ...(left.length
      ? [
          `Leaves out what takes longer: ${counted(left)}${await timeOf(left, pipeline)}.`,
          `  ${commandOf(study.dataset, "study")} computes it, and so does ` +
            `${commandOf(study.dataset, "build", "--train")}.`
        ]
      : [])
  ];
}

const plural = (count: number) => `${count} ${count === 1 ? "result" : "results"}`;

/** How many trainings are named. */
const named = 4;

/** "3 training (a, b, c), 2 probe". */
function counted(nodes: readonly Node[]): string {
  const names = (stage: readonly Node[]) => [
    ...stage.slice(0, named).map(({id}) => id.slice(id.indexOf("/") + 1)),
    ...(stage.length > named ? [`${stage.length - named} more`] : [])
  ];
  const parts = [...group(nodes, ({stage}) => stage)].map(
    ([stage, members]) => `${members.length} ${stage}${stage === "training" ? ` (${names(members).join(", ")})` : ""}`
  );
  return parts.join(", ");
}

/** What the trainings among some results take, if there are any. */
async function timeOf(nodes: readonly Node[], pipeline: Pipeline): Promise<string> {
  const trainings = nodes.filter(({stage}) => stage === "training");
  if (trainings.length === 0) return "";
  return `; training takes ${inWords(await trainingTime(trainings, study, pipeline))} on this machine`;
}
