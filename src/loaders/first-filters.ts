import {filters} from "../report/networks/profile.js";
import {study} from "../study.js";
import {leadingRuns} from "../report/results/best-run.js";
import {describeFilters} from "../report/networks/filters.js";
import {eachRun, sourceOf, titleOf} from "../report/shared/support.js";
import type {FirstFiltersArtifact} from "../report/networks/artifact.js";

/**
 * The first filters of every network and start; of runs that differ in the seed only, those of the best on validation.
 */
export default async function (): Promise<FirstFiltersArtifact> {
  return eachRun(
    (run) => filters({study, run}),
    (result, run) => ({run: run.id, title: titleOf(run), ...describeFilters(result.value), source: sourceOf(result)}),
    await leadingRuns()
  );
}
