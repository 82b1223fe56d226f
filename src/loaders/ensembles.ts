import {bestOf} from "../lib/evaluation/best.js";
import {pointsOf, resolutionFor} from "../lib/measures/ensemble.js";
import {resolve} from "../lib/pipeline/index.js";
import type {Run} from "../lib/study/schema.js";
import {inventory} from "../report/data/dataset.js";
import {ensemble, ensembleEvaluation, searchGrid, ways} from "../report/ensembles/ensemble.js";
import {predictions} from "../report/runs/run.js";
import {study} from "../study.js";
import {membersWithResults} from "../report/ensembles/members.js";
import {present} from "../report/results/present.js";
import {rounded} from "../report/shared/rounding.js";
import {sourceOf, titleOf} from "../report/shared/support.js";
import type {EnsemblesArtifact} from "../report/ensembles/artifact.js";
import {wayTitles} from "../report/ensembles/way-titles.js";

/**
 * The members' probabilities, and the weights that average, search and greedy selection give them, with their scores.
 */
export default async function (): Promise<EnsemblesArtifact> {
  const {classes} = (await resolve(inventory({study}))).value;
  const found = await Promise.all(
    (await membersWithResults()).map(async ({run, result}) => {
      const {value: predicted} = await resolve(predictions({study, run}));
      return {run, result, predicted};
    })
  );
  const best = bestOf(found.map(({result}) => result.value));
  const resolution = resolutionFor(found.length, searchGrid);
  return {
    classes,
    labels: Array.from(found[0]?.predicted.labels ?? []),
    row: Array.from(found[0]?.predicted.rows ?? []),
    members: found.map(({run, result, predicted: {probabilities}}) => ({
      run: run.id,
      title: titleOf(run),
      probabilities: Buffer.from(new Uint8Array(probabilities.slice().buffer)).toString("base64"),
      leads: result.value === best,
      result: present({run: run.id, title: titleOf(run)}, result)
    })),
    ways:
      found.length < 2
        ? []
        : await Promise.all(
            ways.map((way) =>
              joined(
                found.map(({run}) => run),
                way
              )
            )
          ),
    grid: {resolution, points: pointsOf(found.length, resolution)},
    source: found.map(({result}) => sourceOf(result))
  };
}

async function joined(members: readonly Run[], way: (typeof ways)[number]): Promise<EnsemblesArtifact["ways"][number]> {
  const {value} = await resolve(ensemble({study, members, way}));
  const title = wayTitles[way];
  const result = present({run: `ensemble-${way}`, title}, await resolve(ensembleEvaluation({study, members, way})));
  return {way, title, weights: rounded(value.weights), onTest: way === "on-test", result};
}
