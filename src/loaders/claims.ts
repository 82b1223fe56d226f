import reference from "../../data/reference-values.json" with {type: "json"};
import {resolve} from "../lib/pipeline/index.js";
import {judge} from "../lib/study/claims.js";
import {predictions, validationPredictions} from "../report/runs/run.js";
import {study} from "../study.js";
import loadExternal from "./external.js";
import {fall} from "../report/claims/fall.js";
import {best, type Evidence, ledgerOf} from "../report/claims/ledger.js";
import loadPretraining from "./pretraining.js";
import loadResults from "./results.js";
import {shorten} from "../report/shared/rounding.js";
import {withIntervals} from "../report/claims/published-intervals.js";
import {sameSource} from "../report/claims/same-source.js";
import type {ClaimsArtifact} from "../report/claims/artifact.js";
import type {ResultsArtifact} from "../report/results/artifact.js";
import {xceptionLeads} from "../report/claims/xception-leads.js";

/** Every claim with what the present results say of it. */
export default async function (): Promise<ClaimsArtifact> {
  const [results, external] = [await loadResults(), await loadExternal()];
  const {pairs, scale, byClass, runs: ways} = await loadPretraining();
  const xception = await xceptionLeads(results);
  const {runs, ensembles, probe, baselines, comparisons} = results;
  const used = [
    ...runs,
    ...ensembles,
    ...probe,
    ...baselines,
    ...comparisons,
    ...xception,
    ...ways,
    ...pairs,
    ...scale,
    ...byClass,
    ...external.runs,
    ...external.pairs
  ];
  const sources = new Map(used.flatMap(({source}) => source).map((source) => [source.id, source]));
  const evidence = {
    ...{results, pairs, scale, byClass, ways, external, xception, ...covidNet(results)},
    sameSource: await sameSource(),
    fall: await fallOfBest(results)
  };
  return {claims: judge(ledgerOf(study.dataset.name), evidence), sources: [...sources.values()]};
}

/** By how much the weighted F1 of the best run falls from validation to test. */
async function fallOfBest(results: ResultsArtifact): Promise<Evidence["fall"]> {
  const found = best({results});
  const run = study.runs.find(({id}) => id === found?.run);
  if (!run) return undefined;
  const [from, to] = [validationPredictions({study, run}), predictions({study, run})];
  return shorten(fall((await resolve(from)).value, (await resolve(to)).value, study.analyses.bootstrap));
}

/** What COVID-Net's paper says, and the figures that are of this dataset. */
function covidNet({cited}: ResultsArtifact): Pick<Evidence, "covidNet" | "published"> {
  const {pretrained = "", source, ...figures} = reference.results.find(({id}) => id === "covid-net")!;
  const isCited = cited.some(({id}) => id === "covid-net");
  const published = isCited ? withIntervals(figures, study.analyses.bootstrap) : undefined;
  return {covidNet: {source, pretrained}, published};
}
