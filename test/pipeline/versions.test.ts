import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {changedSince, isShallow, listVersions, publishedFiles, readResults} from "../../src/lib/pipeline/versions.js";
import {repository, withoutGit as skip} from "../support/repository.js";

const names = (folder: string) => listVersions(folder).versions.map(({name}) => name);

test("versions are the tags that have published results, the newest first", {skip}, (t) => {
  const repo = repository(t);
  repo.commit("v0.0.1");
  repo.publish("a", 1);
  repo.commit("v0.9.0");
  repo.commit("draft");
  repo.publish("a", 2);
  repo.commit("v0.10.0");
  assert.equal(listVersions(repo.folder).kind, "tags");
  assert.deepEqual(names(repo.folder), ["v0.10.0", "v0.9.0"]);
});

test("where there is no tag, the commits that changed a published result stand in for versions", {skip}, (t) => {
  const repo = repository(t);
  repo.publish("a", 1);
  repo.commit();
  repo.write("README.md", "other");
  repo.commit();
  repo.publish("a", 2);
  repo.commit();
  const {kind, versions} = listVersions(repo.folder);
  assert.equal(kind, "commits");
  assert.equal(versions.length, 2);
  assert.equal(versions[0].name, versions[0].commit);
  assert.ok(Date.parse(versions[0].date) >= Date.parse(versions[1].date), "the newest comes first");
});

test("a folder without a repository of its own has no versions, even inside another repository", {skip}, (t) => {
  const repo = repository(t);
  repo.publish("a", 1);
  repo.commit("v1.0.0");
  const inner = join(repo.folder, "unpacked");
  mkdirSync(inner);
  assert.deepEqual(listVersions(inner), {kind: null, versions: []});
  assert.deepEqual(listVersions(join(repo.folder, "absent")), {kind: null, versions: []});
});

test("a shallow clone has the one version that it holds, and says that it is shallow", {skip}, (t) => {
  const repo = repository(t);
  for (const value of [1, 2]) {
    repo.publish("a", value);
    repo.commit();
  }
  const clone = join(repo.folder, "clone");
  execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${repo.folder}`, clone], {stdio: "pipe"});
  assert.equal(names(clone).length, 1);
  assert.ok(isShallow(clone), "the clone is shallow");
  assert.ok(!isShallow(repo.folder), "the original is not");
});

test("results are read from history, typed arrays too; what is not a result is left out", {skip}, (t) => {
  const repo = repository(t);
  repo.publish("predictions/ü 1", {labels: {$array: "int32", data: "AQAAAAIAAAA="}}, {identity: "x", key: "y"});
  repo.write("data/published/note.json", "{}");
  repo.commit("v1.0.0");
  repo.publish("predictions/ü 1", "later");
  const {versions} = listVersions(repo.folder);
  const files = publishedFiles(repo.folder, versions).get(versions[0])!;
  assert.equal(files.length, 2);
  assert.deepEqual(
    [...readResults(repo.folder, files).values()],
    [{id: "predictions/ü 1", identity: "x", key: "y", value: {labels: Int32Array.of(1, 2)}}]
  );
});

test("what has changed since a version counts edits, new files and lost ones", {skip}, (t) => {
  const repo = repository(t);
  for (const id of ["kept", "edited", "lost"]) repo.publish(id, 1);
  repo.commit("v1.0.0");
  const [version] = listVersions(repo.folder).versions;
  assert.equal(changedSince(repo.folder, version), 0);
  repo.publish("edited", 2);
  repo.git("rm", "--quiet", "data/published/lost.json");
  repo.commit();
  repo.publish("new", 1);
  assert.equal(changedSince(repo.folder, version), 3);
});
