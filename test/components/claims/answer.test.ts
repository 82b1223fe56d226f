import assert from "node:assert/strict";
import {test} from "node:test";
import {answerPlot, gainRows} from "../../../docs/components/home/answer-plot.js";
import {
  againstProbe,
  answer,
  comparability,
  notRun,
  qualifications,
  rarest
} from "../../../docs/components/claims/answer.js";
import {compare} from "../../../docs/components/shared/compare.js";
import {runName, shortTitles} from "../../../docs/components/shared/run-name.js";
import {describeAdults} from "../../../docs/components/home/suspected-adults.js";
import type {ExternalRun} from "../../../src/report/external/artifact.js";
import type {PretrainingArtifact} from "../../../src/report/pretraining/artifact.js";
import "../dom.js";
import {announced, texts} from "../dom.js";
import {about, classes, classGains, pair, results, run, study, summary, trained} from "../fixtures.js";

type Pairs = PretrainingArtifact["pairs"];
type Runs = PretrainingArtifact["runs"];

const both = study([summary("pre", "imagenet"), summary("new", "random")]);
const scored = results([run("pre", about(0.84)), run("new", about(0.7))]);

const said = (pairs: Pairs, runs: Runs = []) => answer(both, scored, {pairs, runs});

test("intervals that touch or overlap settle nothing", () => {
  assert.equal(compare(about(0.8), about(0.7)), "higher");
  assert.equal(compare(about(0.7), about(0.8)), "lower");
  assert.equal(compare(about(0.8), about(0.81)), "unclear");
  assert.equal(compare({value: 0.8, low: 0.7, high: 0.9}, {value: 0.6, low: 0.5, high: 0.7}), "unclear");
});

test("pretraining helps only where the whole interval of every network lies above zero", () => {
  const text = said([pair("A", [0.1, 0.2]), pair("B", [0.1])]);
  assert.match(
    text,
    /^Yes: on the 8 test images of this study, it helps every network .*: A \+0\.15 \(0\.01 to 0\.20\) and B \+0\.10/
  );
});

test("a difference within the intervals is not called an effect", () => {
  assert.match(said([pair("A", [0.02])]), /^Not settled: .* the 95% intervals hold both/);
});

test("an effect in the other direction is said as plainly", () => {
  assert.match(said([pair("A", [-0.2])]), /^No: .* harms the one network .* A −0\.20/);
});

test("networks that differ are counted by verdict", () => {
  const text = said([pair("A", [0.2]), pair("B", [-0.2]), pair("C", [0])]);
  assert.match(text, /^It depends .* it helps A; it harms B; for C the 95% interval holds both a gain and a loss\./);
});

test("shares of the images are told apart from all of them, and other starts are left out", () => {
  const few = {...pair("A", [0.3]), fraction: 0.25};
  const scaled = {...pair("A", [0.9]), start: "mean-var"};
  const pairs = [pair("A", [0.1]), few, scaled];
  assert.match(said(pairs), /A \+0\.10 \(0\.05 to 0\.15\)\. Every comparison rests on one seed,/);
  const more = qualifications({pairs, byClass: []});
  assert.equal(more.length, 1);
  assert.match(more[0], /^With fewer training images: A with 25% \+0\.30 \(0\.25 to 0\.35\)\. Every comparison/);
});

test("the answer is qualified by the rarest class and by the classes of which fewer images are found", () => {
  const [a, b] = [
    classGains("A", [0.06], [[0.8], [0.2], [0.1], [-0.1]]),
    classGains(
      "B",
      [0, 0.1],
      [
        [0.3, 0.4],
        [0.1, 0.2],
        [-0.1, 0],
        [-0.2, -0.1]
      ]
    )
  ];
  const [more] = qualifications({pairs: [], byClass: [a, {...b, shares: [0.9, null]}]});
  assert.equal(
    more,
    "Of the gain, 80% to 90% comes from COVID-19, of which there are 10 test images: over the " +
      "other classes the gain is A +0.06 (0.01 to 0.11) and B +0.05 (0.01 to 0.20). " +
      "Of the class normal, every pretrained run finds fewer images than its twin."
  );
});

test("without a run from random weights the question is unanswered, and the linear probe is compared instead", () => {
  const text = answer(both, results([run("pre", about(0.84))], [run("probe", about(0.75)), run("worse", about(0.5))]), {
    pairs: [],
    runs: []
  });
  assert.match(text, /^Not answered yet/);
  assert.match(text, /linear probe on frozen ImageNet features reaches 0\.75/);
  assert.match(text, /fine-tuning adds to what the frozen features hold\.$/);
});

test("fine-tuning that does not beat the probe is not said to", () => {
  const behind = results([run("pre", about(0.7))], [run("probe", about(0.8))]);
  assert.match(againstProbe(both, behind), /falls behind/);
  assert.match(againstProbe(both, results([run("pre", about(0.8))], [run("probe", about(0.79))])), /is not settled/);
  assert.equal(againstProbe(both, results([run("pre", about(0.7))])), "");
});

test("without any result there is no answer", () =>
  assert.match(answer(both, results([]), {pairs: [], runs: []}), /^There is no answer yet/));

test("the rarest class is named with its count and what one image weighs", () => {
  const result = run("a", about(0.8));
  result.perClass[2].support = 1;
  assert.match(rarest(result), /^Only 1 of the 7 test images \(14\.3%\) .* bacterial: .* by 100%\.$/);
});

test("runs without a result are listed with the reason", () => {
  const declared = study([
    summary("a", "imagenet"),
    summary("b", "imagenet", {available: false, missing: "needs weights..\n  Run this."})
  ]);
  assert.deepEqual(notRun(declared), ["b: needs weights."]);
});

test("a comparison of different procedures is said to be one", () => {
  const other = pair("A", [0.1]);
  other.seeds[0].sameProcedure = false;
  assert.match(comparability([other]), /not all trained by the same procedure/);
  assert.match(comparability([pair("A", [0.1])]), /same procedure and for as many epochs/);
  assert.equal(comparability([]), "");
});

test("the figure has a line for each network and share, filled where its interval leaves zero out", () => {
  const pairs = [pair("B", [0.02]), {...pair("A", [0.3]), fraction: 0.25}, pair("A", [0.1, 0.2])];
  assert.deepEqual(
    gainRows(pairs).map(({title, settled}) => [title, settled]),
    [
      ["A, all images", true],
      ["A, 25% of the images", true],
      ["B, all images", false]
    ]
  );
  for (const width of [340, 760]) {
    const chart = answerPlot(gainRows(pairs), {width});
    announced(chart);
    assert.ok(
      texts(chart, "text").some((one) => one.includes("+0.15 (0.01 to 0.20), 2 seeds")),
      `at ${width} px`
    );
  }
});

test("the answer says how long the runs compared were trained", () => {
  const runs = [
    trained("p0", "ImageNet"),
    trained("s0", "random", {validation: [0.1, 0.2, 0.3]}),
    trained("other", "random", {validation: [0]})
  ];
  assert.match(said([pair("A", [0.2])], runs), /of this study, after 2 to 3 epochs, it helps/);
  assert.match(said([pair("A", [0.2])]), /of this study, it helps/);
});

test("adults without a finding that either start takes for COVID-19 are counted over the pairs on all images", () => {
  const suspecting = (id: string, share: number) =>
    ({
      run: id,
      groups: [{collection: "nih", label: "No finding", takenFor: classes.map((_, k) => about(k ? 0 : share))}]
    }) as ExternalRun;
  const external = {
    classes,
    runs: [
      ["p0", 0.57],
      ["s0", 0.14],
      ["p1", 0.94],
      ["s1", 0.45]
    ].map(([id, share]) => suspecting(String(id), Number(share)))
  };
  assert.match(
    describeAdults(external, [pair("A", [0.1, 0.2])]),
    /ImageNet take 57% to 94% for COVID-19, .* 14% to 45%$/
  );
  assert.match(describeAdults(external, [pair("A", [0.1, 0.2, 0.3])]), /57% to 94%/);
  assert.equal(describeAdults(external, [{...pair("A", [0.1]), fraction: 0.1}]), "");
});

test("a run is named by what it needs to be told from others that have results", () => {
  const runs = [
    summary("a", "imagenet"),
    summary("b", "random"),
    summary("c", "imagenet", {seed: 2, available: false})
  ];
  assert.equal(runName(runs[1], runs), "Net from random weights");
  assert.equal(runName(runs[0], runs), "Net from ImageNet");
  const repeated = runs.map((run) => ({...run, available: true}));
  assert.equal(runName(repeated[0], repeated), "Net from ImageNet, seed 1");
  const shown = [run("a", about(0.8)), run("b", about(0.8))];
  assert.deepEqual(
    shortTitles(shown, {runs}).map(({title}) => title),
    ["Net, ImageNet", "Net, random"]
  );
  const alike = shortTitles(shown, {runs: runs.map((one) => ({...one, start: "random"}))});
  assert.deepEqual(
    alike.map(({title}) => title),
    ["a", "b"]
  );
});
