import assert from "node:assert/strict";
import {existsSync, mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {before, test} from "node:test";
import h5wasm from "h5wasm/node";
import {architecture} from "../../../src/lib/models/registry.js";
import {readKerasFile} from "../../../src/lib/models/weights/keras-file.js";

type Group = InstanceType<typeof h5wasm.Group>;
/** The weights of every layer, by their names in the file. */
type Layers = Record<string, Record<string, number[]>>;

const folder = mkdtempSync(join(tmpdir(), "keras-"));
let files = 0;

before(async () => void (await h5wasm.ready));

/** Writes a file as Keras does; every weight is a vector. `within` is the group that holds the layers. */
function write(layers: Layers, {within = "", parts = 1} = {}): string {
  const path = join(folder, `${++files}.h5`);
  const file = new h5wasm.File(path, "w");
  const root: Group = within ? file.create_group(within) : file;
  const names = Object.keys(layers);
  const size = Math.ceil(names.length / parts);
  for (let i = 0; i < parts; ++i) {
    const attribute = parts === 1 ? "layer_names" : `layer_names${i}`;
    root.create_attribute(attribute, names.slice(i * size, (i + 1) * size));
  }
  for (const [layer, weights] of Object.entries(layers)) {
    // Only whole paths are created: a group above may be there already.
    const group = layer.split("/").reduce((at, name) => child(at, name), root);
    if (Object.keys(weights).length > 0) group.create_attribute("weight_names", Object.keys(weights));
    for (const [name, values] of Object.entries(weights)) {
      const parent = name.split("/").slice(0, -1).reduce(child, group);
      parent.create_dataset({name: name.split("/").at(-1)!, data: new Float32Array(values), shape: [values.length]});
    }
  }
  file.close();
  return path;
}

/** A file of one layer that lists a weight of that name, and holds whole numbers as "steps". */
function listing(name: string): string {
  const path = join(folder, `${++files}.h5`);
  const file = new h5wasm.File(path, "w");
  file.create_attribute("layer_names", ["dense"]);
  const group = file.create_group("dense");
  group.create_attribute("weight_names", [name]);
  group.create_group("dense").create_dataset({name: "steps:0", data: new Int32Array([1, 2]), shape: [2]});
  file.close();
  return path;
}

const child = (group: Group, name: string) =>
  group.keys().includes(name) ? (group.get(name) as Group) : group.create_group(name);

const read = async (path: string) =>
  Object.fromEntries([...(await readKerasFile(path))].map(([name, {data}]) => [name, Array.from(data)]));

test("a file is read by layer and weight, layers without weights are passed over, names may hold slashes", async () => {
  const path = write({
    input_1: {},
    dense: {"dense/kernel:0": [1, 2], "dense/bias:0": [3]},
    "conv1/bn": {"conv1/bn/gamma:0": [4]}
  });
  assert.deepEqual(await read(path), {"dense/kernel": [1, 2], "dense/bias": [3], "conv1/bn/gamma": [4]});
});

test("the weights of a whole saved model, and of a model inside the model, are found", async () => {
  const layers = {
    densenet: {"conv1/conv/kernel:0": [1], "conv1/bn/gamma:0": [2], "conv1/bn/beta:0": [3]},
    predictions: {"predictions/kernel:0": [4]}
  };
  assert.deepEqual(await read(write(layers, {within: "model_weights"})), {
    "conv1/conv/kernel": [1],
    "conv1/bn/gamma": [2],
    "conv1/bn/beta": [3],
    "predictions/kernel": [4]
  });
});

test("a list of layers that Keras cut into pieces is joined", async () => {
  const layers = Object.fromEntries([0, 1, 2].map((i) => [`layer${i}`, {[`layer${i}/kernel:0`]: [i]}]));
  assert.deepEqual(await read(write(layers, {parts: 2})), {
    "layer0/kernel": [0],
    "layer1/kernel": [1],
    "layer2/kernel": [2]
  });
});

test("what is no Keras file, or cut short, is a clear error", async () => {
  const path = write({dense: {"dense/kernel:0": Array.from({length: 2000}, (_, i) => i)}});
  const bytes = readFileSync(path);
  const refuses = async (content: Uint8Array | string, message: RegExp) => {
    writeFileSync(path, content);
    await assert.rejects(readKerasFile(path), {name: "UserError", message});
  };
  await refuses(
    bytes.subarray(0, bytes.length / 2),
    /cannot be read: it is cut short or damaged[^]*Get the file again/
  );
  await refuses("<html>404</html>", /it is not an HDF5 file/);
  await refuses("", /it is not an HDF5 file/);
  for (const [name, message] of [
    ["dense/bias:0", /it lists dense\/bias:0, but does not hold it/],
    ["dense/steps:0", /\/dense\/dense\/steps:0 is of type <i, not little-endian float32 or float64/]
  ] as const) {
    await assert.rejects(readKerasFile(listing(name)), {name: "UserError", message});
  }
  await assert.rejects(readKerasFile(write({})), {name: "UserError", message: /it lists no layers/});
});

const {WEIGHTS_DIR} = process.env;
const {file} = architecture("mobilenetv2_0.35").imagenet!;
const here = WEIGHTS_DIR !== undefined && existsSync(join(WEIGHTS_DIR, file));
test(
  "the genuine file of MobileNetV2 holds 410,208 values",
  {skip: here ? false : "WEIGHTS_DIR lacks it"},
  async () => {
    const weights = await readKerasFile(join(WEIGHTS_DIR!, file));
    assert.equal(
      [...weights.values()].reduce((sum, {data}) => sum + data.length, 0),
      410_208
    );
  }
);
