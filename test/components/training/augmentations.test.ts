import assert from "node:assert/strict";
import {test} from "node:test";
import {texts} from "../dom.js";
import {
  augmentedCopies,
  copyRows,
  describeCopy,
  describeOriginals
} from "../../../docs/components/training/augmentation-sheet.js";
import {mixRows, mixupPairs} from "../../../docs/components/training/mixup-pairs.js";
import type {AugmentationsArtifact} from "../../../src/report/training/artifact.js";

const plain = {
  mirrored: false,
  degrees: 0,
  zoom: 1,
  warp: [0, 0, 0, 0],
  brightness: 0.5,
  contrast: 1,
  holes: 0
};
const artifact: AugmentationsArtifact = {
  procedure: "Gently",
  dataset: "COVIDx",
  synthetic: false,
  sheet: {present: true, cell: 64, columns: 3, row: [0, 1, 2, 3, 4]},
  originals: [
    {cell: 0, class: "viral", row: 7},
    {cell: 1, class: "normal", row: 9}
  ],
  copies: [
    {cell: 2, ...plain},
    {cell: 3, ...plain, mirrored: true, degrees: -4.66, warp: [0.1, 0, -0.2, 0], holes: 2}
  ],
  alpha: 0.4,
  mixes: [{cell: 4, own: 1, partner: 0, share: 0.8125}]
};
const labels = (element: Element) =>
  [...element.querySelectorAll('[role="img"]')].map((picture) => picture.getAttribute("aria-label"));

test("the original stands first, and every copy says what was done to it", () => {
  const element = augmentedCopies(artifact, "sheet.jpg");
  assert.deepEqual(labels(element), ["Training image, Viral, unchanged", "Augmented copy 1", "Augmented copy 2"]);
  assert.deepEqual(texts(element, "p"), [
    "as it is",
    "nothing was drawn",
    "mirrored, turned by −4.7°, warped, 2 holes"
  ]);
});

test("each copy is cut from its own cell of the sheet", () => {
  const cells = [...augmentedCopies(artifact, "sheet.jpg", 100).querySelectorAll<HTMLElement>(".thumbnail")];
  assert.deepEqual(
    cells.map(({style}) => style.backgroundPosition),
    ["0px 0px", "-200px 0px", "0px -100px"]
  );
  for (const {style} of cells) assert.match(style.backgroundImage, /sheet\.jpg/);
});

test("light and enlarging are told in words", () => {
  const copy = artifact.copies[0];
  assert.equal(
    describeCopy({...copy, zoom: 1.05, brightness: 0.6, contrast: 0.8}),
    "enlarged by 5.0%, brighter, less contrast"
  );
  assert.equal(describeCopy({...copy, brightness: 0.4, contrast: 1.2, holes: 1}), "darker, more contrast, 1 hole");
});

test("a mix stands beside its pair, with the shares of both", () => {
  const element = mixupPairs(artifact, "sheet.jpg");
  const shares = "81.3% Normal and 18.8% Viral";
  assert.deepEqual(labels(element), ["Training image, Normal", "Training image, Viral", `Mix of ${shares}`]);
  assert.deepEqual(texts(element, "p"), [shares]);
});

test("drawn images are called so, and real ones are named by their rows", () => {
  const drawn = {...artifact, synthetic: true};
  assert.match(describeOriginals(drawn), /drawn/);
  assert.deepEqual(labels(mixupPairs(drawn, "")).slice(0, 2), ["Drawn image, Normal", "Drawn image, Viral"]);
  assert.match(describeOriginals(artifact), /COVIDx: row 7 \(Viral\) and row 9 \(Normal\)\.$/);
  assert.match(describeOriginals(artifact, [artifact.originals[1]]), /COVIDx: row 9 \(Normal\)\.$/);
});

test("the downloads have a row for every copy and every mix", () => {
  assert.deepEqual(copyRows(artifact)[1], {
    cell: 3,
    mirrored: true,
    degrees: -4.66,
    zoom: 1,
    brightness: 0.5,
    contrast: 1,
    holes: 2,
    warpRight: 0.1,
    warpLeft: 0,
    warpBottom: -0.2,
    warpTop: 0
  });
  assert.deepEqual(mixRows(artifact), [{class: "normal", share: 0.8125, partnerClass: "viral", partnerShare: 0.1875}]);
});
