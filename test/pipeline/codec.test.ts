import assert from "node:assert/strict";
import test from "node:test";
import {decode, encode, fromPublished, toPublished} from "../../src/lib/pipeline/codec.js";

const value = {
  text: "ünï\u0000",
  numbers: [0, -0, NaN, Infinity, -Infinity, 1e-300, 0.1],
  nested: [{bytes: Uint8Array.of(1, 2, 3)}, null, true],
  floats: Float32Array.of(0.1, NaN, -0, Infinity),
  doubles: Float64Array.of(0.1, -0),
  integers: Int32Array.of(-1, 2 ** 31 - 1),
  empty: new Float32Array(0),
  $array: "a key of the value's own",
  $$number: {$number: 3}
};

const routes = {
  store: (input: unknown) => decode(encode(input)),
  "published JSON": (input: unknown) => fromPublished(JSON.parse(JSON.stringify(toPublished(input))))
};

for (const [name, route] of Object.entries(routes)) {
  test(`every value comes back from the ${name} exactly, with its special numbers and keys`, () => {
    assert.deepStrictEqual(route(value), value);
  });

  test(`the payload of a NaN survives the ${name} bit for bit`, () => {
    const bits = Uint32Array.of(0x7fc12345, 0x80000001);
    const back = route(new Float32Array(bits.buffer)) as Float32Array;
    assert.deepEqual(new Uint32Array(back.buffer, back.byteOffset, 2), bits);
  });

  test(`a view of a part of a buffer goes through the ${name} alone`, () => {
    assert.deepStrictEqual(route(Float32Array.of(1, 2, 3, 4).subarray(1, 3)), Float32Array.of(2, 3));
  });
}

test("arrays of eight bytes a number lie where they can be read, whatever stands before them", () => {
  for (let length = 0; length < 8; ++length) {
    const value = {text: "x".repeat(length), bytes: new Uint8Array(length), doubles: Float64Array.of(0.1, -2)};
    assert.deepStrictEqual(decode(encode(value)), value, `after ${length}`);
  }
});

test("bytes that begin at an odd address are decoded", () => {
  const bytes = encode(value);
  const shifted = Buffer.concat([Buffer.of(0), bytes]).subarray(1);
  assert.deepStrictEqual(decode(shifted), value);
});

test("many bytes lie in memory that threads share, and nothing keeps the file's own bytes alive", () => {
  const value = {pixels: new Uint8Array(2 ** 20).map((_, i) => i % 251), rows: Int32Array.of(4, 7), odd: [1]};
  const file = encode(value);
  const back = decode(file) as unknown as typeof value;
  assert.ok(Buffer.from(back.pixels).equals(Buffer.from(value.pixels)));
  assert.deepEqual([back.rows, back.odd], [value.rows, value.odd]);
  assert.ok(back.pixels.buffer instanceof SharedArrayBuffer);
  assert.notEqual(back.rows.buffer, file.buffer);
});

test("other arrays are views of the file's bytes, which are not held twice", () => {
  const file = encode({weights: new Float32Array(2 ** 19), few: new Uint8Array(9)});
  const {weights, few} = decode(file) as unknown as {weights: Float32Array; few: Uint8Array};
  assert.deepEqual([weights.buffer === file.buffer, few.buffer === file.buffer], [true, true]);
});

test("a property that is undefined is left out", () => {
  assert.deepStrictEqual(decode(encode({a: undefined, b: 1})), {b: 1});
});

test("what JSON would silently change is refused, and its place is named", () => {
  assert.throws(() => encode({rows: [{seen: new Map()}]}), /Map cannot be stored \(at \.rows\[0\]\.seen\)/);
  assert.throws(() => encode([undefined]), /undefined cannot be stored \(at \[0\]\)/);
  assert.throws(() => encode({when: new Date(0)}), /Date cannot be stored/);
  assert.throws(() => encode(BigInt64Array.of(1n)), /BigInt64Array cannot be stored/);
});

test("bytes of another format and arrays of an unknown kind are refused", () => {
  assert.throws(() => decode(Buffer.from("something else")), TypeError);
  assert.throws(() => fromPublished({$array: "float128", data: ""}), TypeError);
  assert.throws(() => fromPublished({$array: "float32"}), TypeError);
  assert.throws(() => fromPublished({$array: "float32", data: "AAA="}), RangeError);
});
