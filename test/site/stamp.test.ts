import assert from "node:assert/strict";
import {test} from "node:test";
import {stamp} from "../../src/site/stamp.js";
import {repository, withoutGit as skip} from "../support/repository.js";

test("the stamp names version and commit, and what has changed since the latest tag", {skip}, (t) => {
  const repo = repository(t);
  assert.equal(stamp("1.2.3", repo.folder), "Version 1.2.3.");
  repo.publish("a", 1);
  repo.commit();
  assert.match(stamp("1.2.3", repo.folder), /^Version 1\.2\.3 \([0-9a-f]{7,}\)\.$/);
  repo.git("tag", "v1.2.3");
  assert.match(stamp("1.2.3", repo.folder), /^Version 1\.2\.3 \([0-9a-f]{7,}\)\.$/);
  repo.publish("a", 2);
  assert.match(
    stamp("1.2.3", repo.folder),
    /^Version 1\.2\.3 \([0-9a-f]{7,}, edited\)\. <a href="\/reproduce\.html#versions">1 published result changed since v1\.2\.3<\/a>\.$/
  );
});
