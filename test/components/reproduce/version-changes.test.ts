import assert from "node:assert/strict";
import {test} from "node:test";
import {texts} from "../dom.js";
import {
  changeRows,
  changes,
  changesTable,
  defaultVersion,
  describeChanges,
  describeVersions,
  versionTitle
} from "../../../docs/components/reproduce/version-changes.js";
import type {VersionedResult, VersionsArtifact} from "../../../src/report/versions/artifact.js";

const result = (id: string, more: Partial<VersionedResult> = {}): VersionedResult => ({
  id,
  identity: "i",
  key: "k",
  digest: "d",
  accuracy: null,
  macroF1: null,
  ...more
});
const results = [
  result("kept"),
  result("gone"),
  result("new"),
  result("predictions/a", {accuracy: 0.8, macroF1: 0.7}),
  result("predictions/a", {accuracy: 0.9, macroF1: 0.7, identity: "j", key: "l", digest: "e"}),
  result("rebuilt"),
  result("rebuilt", {key: "l"}),
  result("again"),
  result("again", {digest: "e"})
];
const version = (name: string, places: number[], date: string | null = null) => ({
  name,
  commit: name,
  date,
  results: places
});
const artifact: VersionsArtifact = {
  kind: "tags",
  shallow: false,
  versions: [
    version("this version", [0, 2, 4, 6, 8]),
    version("v2", [0, 2, 4, 6, 8], "2026-03-14T09:26:53Z"),
    version("v1", [0, 1, 3, 5, 7])
  ],
  results
};
const [now, v2, v1] = artifact.versions;

test("a result is new, gone, or changed by its parameters, its inputs or code, or another run", () => {
  assert.deepEqual(
    changes(artifact, v1, now).map(({id, change, values}) => [id, change, values]),
    [
      ["again", "computed again", true],
      ["gone", "removed", true],
      ["new", "added", true],
      ["predictions/a", "parameters", true],
      ["rebuilt", "inputs or code", false]
    ]
  );
  assert.deepEqual(changes(artifact, v2, now), []);
  assert.equal(defaultVersion(artifact), v1);
  assert.equal(versionTitle(v2), "v2, 14 March 2026");
});

test("the changes are counted in words, and tabled with the scores before and after", () => {
  const all = changes(artifact, v1, now);
  assert.equal(describeChanges(all), "1 result added, 1 removed, 3 changed (2 with other values)");
  assert.equal(describeChanges([]), "No published result differs");
  const table = changesTable(all);
  assert.deepEqual(texts(table, "tbody tr:nth-child(4) > *"), [
    "predictions/a",
    "parameters; other values",
    "0.800 → 0.900",
    "0.700"
  ]);
  assert.deepEqual(texts(table, "tbody tr:nth-child(2) > *"), ["gone", "removed", "", ""]);
  assert.equal(changeRows(all)[3].accuracyAfter, 0.9);
});

test("the words say what stands for a version, and why there may be none", () => {
  const [first] = artifact.versions;
  assert.match(describeVersions(artifact), /^The versions are the tags/);
  assert.match(describeVersions({...artifact, kind: "commits"}), /has no tags/);
  assert.match(describeVersions({...artifact, kind: null, versions: [first]}), /not built in its git repository/);
  assert.match(describeVersions({...artifact, shallow: true, versions: [first]}), /no earlier.*shallow/);
});
