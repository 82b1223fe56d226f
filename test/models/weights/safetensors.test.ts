import assert from "node:assert/strict";
import {execFileSync, spawnSync} from "node:child_process";
import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import type {NamedWeights} from "../../../src/lib/models/architecture.js";
import {readSafetensors, writeSafetensors} from "../../../src/lib/models/weights/safetensors.js";

const folder = mkdtempSync(join(tmpdir(), "safetensors-"));
const path = join(folder, "weights.safetensors");

const weights: NamedWeights = new Map([
  ["conv/kernel", {shape: [1, 3, 1, 2], data: new Float32Array([1, -2.5, 1 / 3, 1e-30, -0, 3e38])}],
  ["norm/gamma", {shape: [3], data: new Float32Array([NaN, Infinity, 7])}],
  ["empty", {shape: [0, 2], data: new Float32Array(0)}],
  ["scalar", {shape: [], data: new Float32Array([5])}]
]);
const bitsOf = ({buffer, byteOffset, byteLength}: Float32Array) =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString("hex");

/** A file of a header, given as a value or as text, and that many bytes of data. */
function write(header: unknown, data = 0, claimed?: bigint): void {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(text.length));
  writeFileSync(path, Buffer.concat([length, text, Buffer.alloc(data)]));
}

test("what is written is read back bit for bit, in its order, with its metadata; no temporary file stays", () => {
  const metadata = {architecture: "mobilenetv2_0.35", classes: '["a","ü"]'};
  writeSafetensors(path, weights, {metadata});
  const read = readSafetensors(path);
  assert.deepEqual(read.metadata, metadata);
  assert.deepEqual([...read.weights.keys()], [...weights.keys()]);
  for (const [name, {shape, data}] of weights) {
    assert.deepEqual(read.weights.get(name)!.shape, shape);
    assert.equal(bitsOf(read.weights.get(name)!.data), bitsOf(data));
  }
  assert.deepEqual(readdirSync(folder), ["weights.safetensors"]);
});

test("float16 halves the data, rounds, and refuses what it cannot hold", () => {
  const some: NamedWeights = new Map([
    ["a/kernel", {shape: [3], data: new Float32Array([1 / 3, 2 ** -24, -Infinity])}]
  ]);
  writeSafetensors(path, some, {float16: true});
  assert.deepEqual(Array.from(readSafetensors(path).weights.get("a/kernel")!.data), [
    0.333251953125,
    2 ** -24,
    -Infinity
  ]);
  assert.throws(() => writeSafetensors(path, weights, {float16: true}), {
    name: "UserError",
    message: /conv\/kernel holds 3.*e\+38, beyond float16's largest number[^]*float32/
  });
  assert.equal(readSafetensors(path).weights.size, 1, "the file before is untouched");
});

test("float64, bfloat16 and int64 become float32", () => {
  const header = {
    counter: {dtype: "I64", shape: [1], data_offsets: [0, 8]},
    brain: {dtype: "BF16", shape: [2], data_offsets: [16, 20]},
    double: {dtype: "F64", shape: [], data_offsets: [8, 16]}
  };
  write(header, 20);
  const bytes = readFileSync(path);
  bytes.writeBigInt64LE(123n, bytes.length - 20);
  bytes.writeDoubleLE(0.1, bytes.length - 12);
  bytes.writeUInt16LE(0x3fc0, bytes.length - 4);
  bytes.writeUInt16LE(0xc000, bytes.length - 2);
  writeFileSync(path, bytes);
  const values = [...readSafetensors(path).weights].map(([name, {data}]) => [name, Array.from(data)]);
  assert.deepEqual(values, [
    ["counter", [123]],
    ["double", [Math.fround(0.1)]],
    ["brain", [1.5, -2]]
  ]);
});

const one = (entry: object) => ({a: {dtype: "F32", shape: [2], data_offsets: [0, 8], ...entry}});
const hostile: [string, () => void, RegExp][] = [
  ["an empty file", () => writeFileSync(path, ""), /has 0 bytes, too few/],
  ["a length that overruns the file", () => write({}, 0, 1000n), /header claims 1000 bytes, the file has 10/],
  ["a length of 2^63", () => write({}, 0, 2n ** 63n), /header claims 9223372036854775808 bytes/],
  ["a header that is not JSON", () => write("{broken"), /header is not JSON/],
  ["a header that is an array", () => write([]), /header is not a JSON object/],
  ["metadata that are not strings", () => write({__metadata__: {a: 1}}), /__metadata__ is not a record of strings/],
  ["an entry without a shape", () => write({a: {dtype: "F32", data_offsets: [0, 8]}}, 8), /tensor a\.shape/],
  ["a negative size", () => write(one({shape: [-2]}), 8), /tensor a\.shape\.0/],
  ["a negative offset", () => write(one({data_offsets: [-8, 0]}), 8), /tensor a\.data_offsets\.0/],
  ["a type that is unknown", () => write(one({dtype: "toString"}), 8), /tensor a is toString; what can be read is F64/],
  ["offsets that do not fit the shape", () => write(one({shape: [3]}), 8), /takes 12 bytes, but its offsets span 8/],
  ["a size beyond all numbers", () => write(one({shape: [2 ** 50, 2 ** 50]}), 8), /takes 5\.07.*e\+30 bytes/],
  ["a tensor beyond the end", () => write(one({}), 4), /tensor a ends at byte 8 of 4: the file is cut short/],
  ["bytes that nothing describes", () => write(one({}), 12), /nothing describes its last 4 bytes/],
  ["a hole", () => write(one({data_offsets: [4, 12]}), 12), /nothing describes the bytes before tensor a/],
  [
    "tensors that overlap",
    () => write({...one({}), b: {dtype: "F32", shape: [2], data_offsets: [4, 12]}}, 12),
    /tensor b overlaps another/
  ]
];
for (const [what, make, message] of hostile) {
  test(`${what} is a clear error`, () => {
    make();
    assert.throws(() => readSafetensors(path), {name: "UserError", message});
  });
}

const hasPython = spawnSync("python3", ["-c", "import numpy, safetensors"]).status === 0;
test("Python's safetensors reads the same bytes", {skip: hasPython ? false : "Python has no safetensors"}, () => {
  const program = `
import json, sys
from safetensors import safe_open
with safe_open(sys.argv[1], "np") as f:
    print(json.dumps({"notes": f.metadata(), "bits": {k: f.get_tensor(k).tobytes().hex() for k in f.keys()}}))
`;
  writeSafetensors(path, weights, {metadata: {note: "ü"}});
  const {notes, bits} = JSON.parse(execFileSync("python3", ["-c", program, path], {encoding: "utf8"}));
  assert.deepEqual(notes, {note: "ü"});
  const ours = [...weights].map(([name, {data}]) => [name, bitsOf(data)]);
  assert.deepEqual(bits, Object.fromEntries(ours));
});
