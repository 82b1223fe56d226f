import {architecture} from "../lib/models/registry.js";
import {resolve} from "../lib/pipeline/index.js";
import {UserError} from "../lib/support/errors.js";
import {evaluation} from "../stages/evaluate.js";
import {probe, probedModels, probeEvaluation} from "../stages/probe.js";
import {predictions} from "../stages/run.js";
import {study} from "../study.js";
import {networkPages} from "./network-pages.js";
import {presentDetail} from "./present.js";
import {attempt, eachRun, titleOf} from "./support.js";
import type {NetworkResultsArtifact, RunDetail} from "./types.js";

/** What every run of a network, and the probe on it, says of the test images. */
export default async function ({network}: {network?: string}): Promise<NetworkResultsArtifact> {
  const model = networkPages(study).find(({page}) => page === network)?.model;
  if (!model) throw new UserError(`The study has no network with the page ${network}.`);
  const runs = await eachRun(
    (run) => evaluation({study, run}),
    async (result, run) =>
      presentDetail({run: run.id, title: titleOf(run)}, result, (await resolve(predictions({study, run}))).value),
    {runs: study.runs.filter((run) => run.model === model)}
  );
  return {model, title: architecture(model).title, runs: [...runs, ...(await probeOf(model))]};
}

async function probeOf(model: string): Promise<RunDetail[]> {
  if (!probedModels(study).includes(model)) return [];
  const result = await attempt(probeEvaluation({study, model}));
  if ("missing" in result) return [];
  const {value} = await resolve(probe({study, model}));
  return [presentDetail({run: `probe-${model}`, title: `${architecture(model).title}, linear probe`}, result, value)];
}
