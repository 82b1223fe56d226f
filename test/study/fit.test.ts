import assert from "node:assert/strict";
import {test} from "node:test";
import {fit} from "../../src/lib/study/fit.js";
import {study} from "../../src/study.js";

const covidx = {train: 4779, validation: 531, test: 639};

test("a study of as many images as COVIDx has keeps every setting of its definition", () => {
  const {procedures, analyses, fitted} = fit(study, covidx);
  assert.deepEqual([procedures, analyses, fitted], [study.procedures, study.analyses, []]);
});

test("with few images every setting that they do not allow is smaller, and is told once", () => {
  const {procedures, analyses, fitted} = fit(study, {train: 43, validation: 5, test: 12});
  assert.ok(Object.values(procedures).every(({batchSize}) => batchSize <= 10));
  assert.deepEqual(analyses.tsne.perplexities, [4]);
  assert.equal(analyses.pca.components, 11);
  assert.equal(analyses.explanations.images, 12);
  assert.deepEqual(
    fitted.map(({setting, words}) => [setting, words.split(/[:.] ?/)[0]]),
    [
      ["batchSize", "Batches of 10 images in place of 32"],
      ["perplexities", "Perplexity 4 in place of 50, 5, 10 and 30"],
      ["neighbours", "5 nearest neighbours in place of 10"],
      ["components", "11 principal components in place of 50"],
      ["explained", "Maps are tested on all 12 test images in place of 64"]
    ]
  );
  for (const {words} of fitted) assert.match(words, /43 images|12 test images/);
});

test("each setting is told by itself, at the number of images where it changes", () => {
  const told = (sizes: Partial<typeof covidx>) => fit(study, {...covidx, ...sizes}).fitted.map(({setting}) => setting);
  assert.deepEqual([told({train: 128}), told({train: 127})], [[], ["batchSize"]]);
  assert.deepEqual([told({test: 150}), told({test: 149})], [[], ["perplexities"]]);
  assert.deepEqual(told({test: 63}), ["perplexities", "explained"]);
  assert.deepEqual(
    [told({test: 51}), told({test: 50})],
    [
      ["perplexities", "explained"],
      ["perplexities", "components", "explained"]
    ]
  );
  assert.deepEqual([told({test: 21}).includes("neighbours"), told({test: 20}).includes("neighbours")], [false, true]);
});

test("the smallest study that may be has settings that its stages accept", () => {
  const {procedures, analyses} = fit(study, {train: 2, validation: 2, test: 4});
  assert.ok(Object.values(procedures).every(({batchSize}) => batchSize === 2));
  assert.ok(analyses.tsne.perplexities.every((perplexity) => perplexity > 1 && 3 * perplexity <= 4));
});
