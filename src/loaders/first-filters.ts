import {filters} from "../stages/networks.js";
import {study} from "../study.js";
import {describeFilters} from "./filters.js";
import {attempt, sourceOf, titleOf} from "./support.js";
import type {FirstFiltersArtifact} from "./types.js";

/** The first filters of every run that has been trained. */
export default async function firstFilters(): Promise<FirstFiltersArtifact> {
  const artifact: FirstFiltersArtifact = {runs: [], without: []};
  for (const run of study.runs) {
    const [title, result] = [titleOf(run), await attempt(filters({study, run}))];
    if ("missing" in result) artifact.without.push({title, ...result});
    else artifact.runs.push({run: run.id, title, ...describeFilters(result.value), source: sourceOf(result)});
  }
  return artifact;
}
