import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {toPublished} from "../../src/lib/pipeline/codec.js";
import {versionsOf} from "../../src/loaders/versions.js";
import {repository, withoutGit as skip} from "../support/repository.js";

/** Predictions of two images of two classes, of which the second may be wrong. */
const predictions = (second: number) =>
  toPublished({
    rows: Int32Array.of(0, 1),
    labels: Int32Array.of(0, 1),
    classes: ["a", "b"],
    probabilities: Float32Array.of(0.75, 0.25, 1 - second, second)
  });

test("versions share the results that they have in common, and predictions have scores", {skip}, (t) => {
  const repo = repository(t);
  repo.publish("predictions/x", predictions(0.25));
  repo.publish("external-predictions/other/x", predictions(0.25));
  repo.publish("maps/x", [1]);
  repo.commit("v1.0.0");
  repo.publish("predictions/x", predictions(0.75));
  assert.deepEqual(versionsOf(repo.folder, join(repo.folder, "absent")).versions[0].results, []);
  const {kind, shallow, versions, results} = versionsOf(repo.folder, join(repo.folder, "data/published"));
  assert.deepEqual({kind, shallow}, {kind: "tags", shallow: false});
  const [now, old] = versions;
  assert.deepEqual([now.name, old.name], ["this version", "v1.0.0"]);
  const of = (id: string, {results: places}: {results: number[]}) =>
    places.map((place) => results[place]).filter((result) => result.id === id);
  assert.equal(of("maps/x", now)[0], of("maps/x", old)[0]);
  for (const id of ["maps/x", "external-predictions/other/x"]) assert.equal(of(id, now)[0].accuracy, null, id);
  assert.deepEqual([of("predictions/x", old)[0].accuracy, of("predictions/x", now)[0].accuracy], [0.5, 1]);
  // Class a: precision 1/2, recall 1; class b: nothing.
  assert.deepEqual([of("predictions/x", old)[0].macroF1, of("predictions/x", now)[0].macroF1], [0.333333, 1]);
});
