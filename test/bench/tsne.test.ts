import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {benchTsne} from "../../bench/tsne.js";
import {parsePeerRow, runPeers} from "../../bench/tsne-peers.js";

const row = {by: "openTSNE", seed: 1, kl_exact: 0.9, trustworthiness_10: 0.94, knn10_class_purity: 0.8, seconds: 4.5};
const measure = () => row;
const line =
  "{'by': 'openTSNE', 'seed': 1, 'kl_exact': 0.9, 'trustworthiness_10': 0.94, " +
  "'knn10_class_purity': 0.8, 'seconds': 4.5}";

test("a line of the peers' program is a row in our fields, and a message is none", () => {
  assert.deepEqual(parsePeerRow(line), row);
  assert.equal(parsePeerRow("No module named 'openTSNE'"), undefined);
});

test("peers that cannot be measured are named with what to do", async (t) => {
  const root = mkdtempSync(join(tmpdir(), "peers-"));
  const reference = join(root, "tsne/a.json");
  const log: string[] = [];
  const options = {all: true, measure, onRow: () => assert.fail(), log: (line: string) => void log.push(line)};
  await runPeers(reference, options);
  assert.match(log[0], /there is no .*peers\/tsne\.py/);
  mkdirSync(join(root, "peers"));
  writeFileSync(join(root, "peers/tsne.py"), "");
  const {PEERS_PYTHON} = process.env;
  t.after(() => {
    if (PEERS_PYTHON === undefined) delete process.env.PEERS_PYTHON;
    else process.env.PEERS_PYTHON = PEERS_PYTHON;
  });
  process.env.PEERS_PYTHON = join(root, "no-python");
  await runPeers(reference, options);
  assert.match(log[1], /no-python has no scikit-learn and openTSNE\. Set PEERS_PYTHON/);
});

test("without a reference the usage is shown", async () => {
  await assert.rejects(benchTsne(["--json"]), {name: "UserError", hint: /REFERENCE\.json/});
});
