import assert from "node:assert/strict";
import test from "node:test";
import {canonical, differences, hash} from "../../src/lib/pipeline/canonical.js";

test("the order of keys does not matter, the order of items does", () => {
  assert.equal(canonical({b: {d: 1, c: 2}, a: [1, 2]}), canonical({a: [1, 2], b: {c: 2, d: 1}}));
  assert.notEqual(canonical([1, 2]), canonical([2, 1]));
});

test("an absent property is the same as one that is undefined", () => {
  assert.equal(canonical({a: 1, b: undefined}), canonical({a: 1}));
});

test("zero and minus zero, NaN and null, 1 and '1' differ", () => {
  const texts = [0, -0, NaN, null, 1, "1", Float32Array.of(1), Float64Array.of(1)].map((value) => canonical({value}));
  assert.equal(new Set(texts).size, texts.length);
});

test("a hash tells apart where one text ends and the next begins", () => {
  assert.notEqual(hash("ab", "c"), hash("a", "bc"));
  assert.match(hash("a"), /^[0-9a-f]{40}$/);
});

test("differences name paths, old and new", () => {
  const before = {a: {b: 1, c: "x"}, list: [1, 2]};
  const after = {a: {b: 2, c: "x", d: true}, list: [1, 3]};
  assert.deepEqual(differences(before, after), ["a.b: 1 -> 2", "a.d: absent -> true", "list: [1,2] -> [1,3]"]);
  assert.deepEqual(differences(before, {...before}), []);
});
