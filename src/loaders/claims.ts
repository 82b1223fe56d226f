import reference from "../../data/reference-values.json" with {type: "json"};
import {judge} from "../lib/study/claims.js";
import {exactBalance, rarestRecall} from "../report/claims/certainty.js";
import {fall} from "../report/claims/fall.js";
import {best, ledgerOf} from "../report/claims/ledger.js";
import {publishedIntervals} from "../report/results/published-intervals.js";
import {suspicion} from "../report/claims/same-source.js";
import {suspected} from "../report/claims/suspected.js";
import {xceptionLeads} from "../report/claims/xception-leads.js";
import {eachRun, optional, sourceOf} from "../report/shared/support.js";
import {grouped} from "../report/shared/tables.js";
import {study} from "../study.js";
import loadExternal from "./external.js";
import loadPretraining from "./pretraining.js";
import loadResults from "./results.js";
import type {ClaimsArtifact} from "../report/claims/artifact.js";

const isCovidx = () => study.dataset.name === "covidx";

/** Every claim with what the present results say of it. */
export default async function (): Promise<ClaimsArtifact> {
  const [results, external, starts] = [await loadResults(), await loadExternal(), await loadPretraining()];
  const {pairs, scale, byClass, runs: ways} = starts;
  const xception = await xceptionLeads({results});
  const covidNet = reference.results.find(({id}) => id === "covid-net")!;
  const run = study.runs.find(({id}) => id === best({results})?.run);
  const exact = {
    fall: run && (await optional(fall({study, run}))),
    balance: await optional(exactBalance({study, baseline: "metadata"})),
    rarest: await optional(rarestRecall({study})),
    published: isCovidx() ? await optional(publishedIntervals({study, figures: covidNet})) : undefined
  };
  const [sameSource, abroad] = [await suspicions(), await suspectedElsewhere(external.runs)];
  const evidence = {
    ...{results, pairs, scale, byClass, ways, external, xception, sameSource, suspected: abroad},
    ...{fall: exact.fall?.value, balance: exact.balance?.value, rarest: exact.rarest?.value},
    ...{covidNet: {source: covidNet.source, pretrained: covidNet.pretrained ?? ""}, published: exact.published?.value}
  };
  const {runs, ensembles, probe, baselines, comparisons} = results;
  const used = [runs, ensembles, probe, baselines, comparisons, xception, ways, pairs, scale, byClass];
  const sources = [...used, external.runs, external.pairs, sameSource, abroad, Object.values(exact)].flatMap((part) =>
    part.flatMap((one) => one?.source ?? [])
  );
  return {
    claims: judge(ledgerOf(study.dataset.name), evidence),
    sources: grouped(sources, ({id}) => ({id})).map(([source]) => source)
  };
}

/** What every run takes the test images without COVID-19 for, which only COVIDx has of two collections. */
const suspicions = () =>
  eachRun(
    (run) => suspicion({study, run}),
    (result, run) => ({run: run.id, ...result.value, source: sourceOf(result)}),
    isCovidx() ? study.runs : []
  );

/** What the runs that have predicted images of other hospitals take these for. */
const suspectedElsewhere = (found: Awaited<ReturnType<typeof loadExternal>>["runs"]) =>
  eachRun(
    (run) => suspected({study, run}),
    (result, {id}) => ({...found.find(({run}) => run === id)!, ...result.value, source: sourceOf(result)}),
    study.runs.filter(({id}) => found.some(({run}) => run === id))
  );
