import {bestOf} from "../lib/evaluation/best.js";
import {architecture} from "../lib/models/registry.js";
import {resolve} from "../lib/pipeline/index.js";
import {UserError} from "../lib/support/errors.js";
import {evaluation} from "../report/results/evaluate.js";
import {probe, probedModels, probeEvaluation} from "../report/results/probe.js";
import {predictions} from "../report/runs/run.js";
import {study} from "../study.js";
import {networkPages} from "../report/results/network-pages.js";
import {presentDetail} from "../report/results/present.js";
import {attempt, eachRun, titleOf} from "../report/shared/support.js";
import type {NetworkRestArtifact, NetworkResultsArtifact, RunDetail} from "../report/results/artifact.js";

/** The runs of a network with the probe on it, and what the best on validation says of the test images. */
export default async function (params: {network?: string}): Promise<NetworkResultsArtifact> {
  const model = modelOf(params);
  const {runs, first = null} = await detailsOf(model);
  return {model, title: architecture(model).title, runs: runs.map(({run, title}) => ({run, title})), first};
}

/** What the other runs say of them: too much to load before anybody asks for it. */
export async function rest(params: {network?: string}): Promise<NetworkRestArtifact> {
  const {runs, first} = await detailsOf(modelOf(params));
  return {runs: runs.filter((run) => run !== first)};
}

function modelOf({network}: {network?: string}): string {
  const model = networkPages(study).find(({page}) => page === network)?.model;
  if (!model) throw new UserError(`The study has no network with the page ${network}.`);
  return model;
}

async function detailsOf(model: string): Promise<{runs: RunDetail[]; first?: RunDetail}> {
  const runs = await eachRun(
    (run) => evaluation({study, run}),
    async (result, run) =>
      presentDetail({run: run.id, title: titleOf(run)}, result, (await resolve(predictions({study, run}))).value),
    study.runs.filter((run) => run.model === model)
  );
  const probes = await probeOf(model);
  return {runs: [...runs, ...probes], first: bestOf(runs) ?? bestOf(probes)};
}

async function probeOf(model: string): Promise<RunDetail[]> {
  if (!probedModels(study).includes(model)) return [];
  const result = await attempt(probeEvaluation({study, model}));
  if ("missing" in result) return [];
  const {value} = await resolve(probe({study, model}));
  return [presentDetail({run: `probe-${model}`, title: `${architecture(model).title}, linear probe`}, result, value)];
}
