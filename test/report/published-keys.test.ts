import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {collect} from "../../src/lib/pipeline/index.js";
import {identityOf} from "../../src/lib/pipeline/keys.js";
import type {Provenance} from "../../src/lib/pipeline/types.js";
import {fromRoot} from "../../src/lib/support/paths.js";
import {nodes} from "../../src/report/nodes.js";

const folder = fromRoot("data/published");

test("what is published of the study still answers the questions that its definition asks", () => {
  const asked = new Map(collect(nodes()).map((node) => [node.id, identityOf(node)]));
  const found = readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((file) => file.endsWith(".json"))
    .map((file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as {provenance: Provenance}).provenance)
    .filter(({id}) => asked.has(id));
  assert.ok(found.length > 0);
  assert.deepEqual(
    found.filter(({id, identity}) => asked.get(id) !== identity).map(({id}) => id),
    []
  );
});
