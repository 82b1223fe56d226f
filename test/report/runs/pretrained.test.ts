import assert from "node:assert/strict";
import {mkdtempSync, readFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {requireGpu} from "../../../src/lib/engine/gpu.js";
import type {WeightFile} from "../../../src/lib/models/architecture.js";
import {collect, type Pipeline, type PipelineEvent, select} from "../../../src/lib/pipeline/index.js";
import {defineStudy} from "../../../src/lib/study/schema.js";
import {nodes} from "../../../src/report/nodes.js";
import {fetchMissing, pretrainedFiles, weightsToFetch} from "../../../src/report/runs/pretrained.js";
import {study as real} from "../../../src/study.js";
import {send, serve} from "../../dataset/fetch/server.js";

const previous = process.env.WEIGHTS_DIR;
after(() => {
  if (previous === undefined) delete process.env.WEIGHTS_DIR;
  else process.env.WEIGHTS_DIR = previous;
});

const run = {model: "mobilenetv2_0.35", procedure: "two-core-fine-tune", seed: 1};
const study = defineStudy({
  ...real,
  analyses: {...real.analyses, ensemble: {members: ["a"]}},
  runs: [
    {...run, id: "a", initialisation: "imagenet"},
    {...run, id: "b", initialisation: "random", model: "densenet121"},
    {...run, id: "c", initialisation: {imagenetUpTo: "conv2d_1"}, model: "xception"},
    {...run, id: "d", initialisation: "mean-var", model: "efficientnet_lite0"}
  ]
});

test("the files are those that the chosen runs start from, each once", () => {
  const files = (names?: string[]) => {
    const all = collect(nodes(study));
    return pretrainedFiles(names ? select(all, names) : all).map(({file}) => file.split("_")[0]);
  };
  assert.deepEqual(files().sort(), ["mobilenet", "tf", "xception"]);
  assert.deepEqual(files(["predictions/c"]), ["xception"]);
  assert.deepEqual(files(["training/b", "inventory"]), []);
  assert.deepEqual(files(["probe"]), ["mobilenet"]);
});

test("missing files are fetched, one that cannot be had is told and stops no other", async (t) => {
  const {base, requests} = await serve(t, {
    "/b": (request, response) => send(request, response, Buffer.from("weights"))
  });
  const folder = (process.env.WEIGHTS_DIR = mkdtempSync(join(tmpdir(), "pretrained-")));
  const published = {format: "keras", digests: [], licence: "MIT"} as const;
  const file = (name: string): WeightFile => ({...published, file: `${name}.h5`, url: `${base}/${name}`});
  const events: PipelineEvent[] = [];
  const options = {onEvent: (event: PipelineEvent) => void events.push(event), signal: new AbortController().signal};
  await fetchMissing([file("a"), file("b")], options);
  assert.equal(readFileSync(join(folder, "b.h5"), "utf8"), "weights");
  const told = events.filter(({type}) => type !== "progress").map(({type, id}) => `${type} ${id}`);
  assert.deepEqual(told, ["start weights/a.h5", "fail weights/a.h5", "start weights/b.h5", "end weights/b.h5"]);
  const {message} = events[1] as {message: string};
  assert.ok(message.includes(`${base}/a`) && message.includes(join(folder, "a.h5")), message);
  await fetchMissing([file("b")], options);
  assert.deepEqual(
    requests.map(({url}) => url),
    ["/a", "/b"],
    "what is here is not asked for"
  );
});

test("weights are asked for by what lacks nothing else and has no result here", async () => {
  process.env.WEIGHTS_DIR = mkdtempSync(join(tmpdir(), "pretrained-"));
  const procedures = {...study.procedures, gpu: {...study.procedures["two-core-fine-tune"], needsGpu: true}};
  const withGpu = defineStudy({
    ...study,
    dataset: {name: "phantom"},
    validation: {fraction: 0.1, seed: 42, groupByPatient: false},
    procedures,
    analyses: {...study.analyses, ensemble: {members: []}},
    runs: [
      {...run, id: "a", initialisation: "imagenet"},
      {...run, id: "g", initialisation: "imagenet", model: "xception", procedure: "gpu"}
    ]
  });
  const trainings = collect(nodes(withGpu)).filter(({stage}) => stage === "training");
  const files = async (stored: string[]) => {
    const plan: Pipeline["plan"] = async ({id}) => ({
      action: stored.includes(id) ? "store" : "unavailable",
      expensive: false
    });
    return (await weightsToFetch(trainings, {plan})).map(({file}) => file.split("_")[0]);
  };
  let hasGpu = true;
  try {
    requireGpu("this");
  } catch {
    hasGpu = false;
  }
  assert.deepEqual((await files([])).sort(), ["mobilenet", ...(hasGpu ? ["xception"] : [])]);
  assert.deepEqual(await files(["training/a", "training/g"]), []);
});
