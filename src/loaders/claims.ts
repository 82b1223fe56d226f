import reference from "../../data/reference-values.json" with {type: "json"};
import {classification} from "../lib/evaluation/classification.js";
import {judge} from "../lib/study/claims.js";
import loadExternal from "./external.js";
import {ledger} from "./ledger/index.js";
import loadPretraining from "./pretraining.js";
import {cited} from "./reference-values.js";
import loadResults from "./results.js";
import {round} from "./support.js";
import type {ClaimsArtifact} from "./types.js";

/** Every claim with what the present results say of it. */
export default async function (): Promise<ClaimsArtifact> {
  const [results, external] = [await loadResults(), await loadExternal()];
  const {pairs, scale, byClass, runs: ways} = await loadPretraining();
  const {runs, ensembles, probe, baselines, comparisons} = results;
  const used = [...runs, ...ensembles, ...probe, ...baselines, ...comparisons, ...ways, ...pairs, ...scale, ...byClass, ...external.runs, ...external.pairs]; // prettier-ignore
  const sources = new Map(used.flatMap(({source}) => source).map((source) => [source.id, source]));
  return {
    claims: judge(ledger, {results, pairs, scale, byClass, ways, external, covidNet: covidNet()}),
    sources: [...sources.values()]
  };
}

function covidNet() {
  const published = reference.results.find(({id}) => id === "covid-net")!;
  const {classes} = classification(published.confusion);
  return {
    ...cited.find(({id}) => id === "covid-net")!,
    pretrained: published.pretrained ?? "",
    perClass: classes.map(({recall, precision}, k) => ({
      class: published.classes[k],
      recall: round(recall),
      precision: round(precision)
    }))
  };
}
