import reference from "../../data/reference-values.json" with {type: "json"};
import {classification} from "../lib/evaluation/classification.js";
import {judge} from "../lib/study/claims.js";
import {ledger} from "./ledger/index.js";
import loadPretraining from "./pretraining.js";
import {cited} from "./reference-values.js";
import loadResults from "./results.js";
import {round} from "./support.js";
import type {ClaimsArtifact} from "./types.js";

/** Every claim with what the present results say of it. */
export default async function (): Promise<ClaimsArtifact> {
  const [results, {pairs, runs: ways}] = [await loadResults(), await loadPretraining()];
  return {claims: judge(ledger, {results, pairs, ways, covidNet: covidNet()})};
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
