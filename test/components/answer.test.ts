import assert from "node:assert/strict";
import {test} from "node:test";
import {againstProbe, answer, comparability, datasetNotice, notRun, rarest} from "../../docs/components/answer.js";
import {compare, pairs} from "../../docs/components/compare.js";
import {about, results, run, study, summary} from "./fixtures.js";

const both = study([summary("pre", "imagenet"), summary("new", "random")]);

test("intervals that touch or overlap settle nothing", () => {
  assert.equal(compare(about(0.8), about(0.7)), "higher");
  assert.equal(compare(about(0.7), about(0.8)), "lower");
  assert.equal(compare(about(0.8), about(0.81)), "unclear");
  assert.equal(compare({value: 0.8, low: 0.7, high: 0.9}, {value: 0.6, low: 0.5, high: 0.7}), "unclear");
});

test("pretraining helps only where its interval lies above that of random weights", () => {
  const text = answer(both, results([run("pre", about(0.84)), run("new", about(0.7))]));
  assert.match(text, /On 8 test images, the macro F1 of pre is 0\.84 \(0\.82–0\.86\); that of new is 0\.70/);
  assert.match(text, /do not overlap: .* pretraining helps\.$/);
});

test("a difference within the intervals is not called an effect", () => {
  const text = answer(both, results([run("pre", about(0.84)), run("new", about(0.82))]));
  assert.match(text, /overlap: this test set does not settle/);
  assert.doesNotMatch(text, /helps/);
});

test("an effect in the other direction is said as plainly", () => {
  assert.match(
    answer(both, results([run("pre", about(0.6)), run("new", about(0.8))])),
    /in favour of random weights.*does not help/
  );
});

test("without a run from random weights the question is unanswered, and the linear probe is compared instead", () => {
  const text = answer(both, results([run("pre", about(0.84))], [run("probe", about(0.75)), run("worse", about(0.5))]));
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

test("without any result there is no answer", () => assert.match(answer(both, results([])), /^There is no answer yet/));

test("several networks are counted by verdict", () => {
  const models = ["a", "b"].flatMap((model) => [
    summary(`${model}-pre`, "imagenet", {model}),
    summary(`${model}-new`, "random", {model})
  ]);
  const text = answer(
    study(models),
    results([run("a-pre", about(0.84)), run("a-new", about(0.7)), run("b-pre", about(0.8)), run("b-new", about(0.8))])
  );
  assert.match(text, /^In 1 of 2 comparisons .* in 0 it gives the lower; in 1 the intervals overlap\.$/);
});

test("a pair shares network and seed, and prefers the same procedure", () => {
  const declared = study([
    summary("pre", "imagenet"),
    summary("other seed", "random", {seed: 2}),
    summary("other net", "random", {model: "x"}),
    summary("other procedure", "random", {procedure: "long"}),
    summary("match", "random")
  ]);
  const found = pairs(declared, results(declared.runs.map(({id}) => run(id, about(0.8)))));
  assert.deepEqual(
    found.map(({pretrained, scratch}) => [pretrained.run, scratch.run]),
    [["pre", "match"]]
  );
});

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

test("a report on other images than COVIDx says so", () => {
  assert.equal(datasetNotice(both), "");
  assert.match(datasetNotice({...both, dataset: {name: "phantom", title: "Phantoms"}}), /other images, Phantoms/);
});

test("a comparison of different procedures is said to be one", () => {
  const declared = study([summary("pre", "imagenet"), summary("new", "random", {procedure: "long"})]);
  const both = results([run("pre", about(0.8)), run("new", about(0.7))]);
  assert.match(comparability(declared, both), /not all trained by the same procedure/);
  assert.match(
    comparability(study([summary("pre", "imagenet"), summary("new", "random")]), both),
    /same procedure and for as many epochs/
  );
  assert.equal(comparability(declared, results([])), "");
});
