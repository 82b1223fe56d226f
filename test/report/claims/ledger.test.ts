import assert from "node:assert/strict";
import {test} from "node:test";
import {judge} from "../../../src/lib/study/claims.js";
import {exactBalance, rarestRecall} from "../../../src/report/claims/certainty.js";
import {type Evidence, ledger, ledgerOf} from "../../../src/report/claims/ledger.js";
import type {SuspectedRun} from "../../../src/report/claims/evidence.js";
import {clopperPearson} from "../../../src/lib/measures/interval.js";
import {alone} from "../alone.js";
import {study} from "../../../src/study.js";
import {startNames} from "../../../src/report/shared/start-names.js";
import type {Comparison, StudyResult} from "../../../src/report/results/artifact.js";
import type {StartPair} from "../../../src/report/pretraining/artifact.js";
import {about, classGains, results, run, source} from "../../components/fixtures.js";

const covidNet = {source: "Somebody 2020", pretrained: "on ImageNet"};
const published: Evidence["published"] = {
  ...{title: "Theirs", accuracy: about(0.8), macroF1: about(0.8), weightedF1: about(0.8)},
  perClass: [{class: "COVID-19", recall: about(0.7), precision: about(0.7)}]
};
const nothing: Evidence = {
  results: results([]),
  pairs: [],
  scale: [],
  byClass: [],
  ways: [],
  external: {pairs: []},
  suspected: [],
  xception: [],
  sameSource: [],
  covidNet,
  published
};
const judged = (id: string, evidence: Partial<Evidence>) =>
  judge(ledger, {...nothing, ...evidence}).find((claim) => claim.id === id)!;
const status = (id: string, evidence: Partial<Evidence>) => judged(id, evidence).status;

test("every claim can be judged without any result, and then only facts have a status", () => {
  for (const {id, status, because, strength} of judge(ledger, nothing)) {
    assert.ok(because.length > 10, id);
    if (strength !== "fact") assert.equal(status, "cannot tell", id);
  }
});

test("every claim is a sentence of its own, with who says so and how it is tested", () => {
  assert.equal(new Set(ledger.map(({id}) => id)).size, ledger.length);
  const strengths = ["fact", "observation", "intervals", "paired test", "over seeds"];
  for (const {id, statement, source, strength} of ledger) {
    assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)+$/);
    assert.match(statement, /^[A-Z].{40,}\.$/, id);
    assert.match(source, /^(This report|The study of 2020)$/, id);
    assert.ok(strengths.includes(strength), id);
  }
});

test("that COVID-Net starts from scratch follows from what its paper says", () => {
  assert.equal(status("covid-net-from-scratch", {}), "not supported");
  assert.equal(status("covid-net-from-scratch", {covidNet: {...covidNet, pretrained: ""}}), "supported");
});

test("the best run passes COVID-Net only where its interval lies beyond COVID-Net's own, in macro and in weighted F1", () => {
  const scored = (macroF1: number, weightedF1: number) => ({
    results: results([{...run("a", about(macroF1)), weightedF1: about(weightedF1)}])
  });
  assert.equal(status("single-beats-covid-net", scored(0.85, 0.85)), "supported");
  assert.equal(status("single-beats-covid-net", scored(0.85, 0.83)), "cannot tell", "the intervals overlap");
  assert.equal(status("single-beats-covid-net", scored(0.85, 0.77)), "cannot tell", "the intervals overlap below");
  assert.equal(status("single-beats-covid-net", scored(0.85, 0.7)), "not supported");
  assert.match(
    judged("single-beats-covid-net", scored(0.85, 0.85)).because,
    /macro F1 0\.850 \(0\.830 to 0\.870\) against 0\.800 \(0\.780 to 0\.820\)/
  );
});

test("figures that were published of one dataset do not judge results on another", () => {
  const found = {...results([run("a", about(0.9))]), ensembles: [run("ensemble-tuned", about(0.9))]};
  for (const id of ["single-beats-covid-net", "ensemble-beats-covid-net"]) {
    const {status, because} = judged(id, {results: found, published: undefined});
    assert.equal(status, "cannot tell", id);
    assert.match(because, /figures are of COVIDx/, id);
  }
});

const difference = (value: number, p = 0.01) => ({value, low: value - 0.02, high: value + 0.02, p});

test("Xception is best only where it is ahead of each of the others on the same images", () => {
  const xception = (...leads: [value: number, corrected: number][]) =>
    judged("xception-best", {
      results: results([{...run("x", about(0.8)), model: "xception", weightedF1: about(0.8)}]),
      xception: leads.map(([value, corrected], i) => ({
        ...{a: {run: "x", title: "x"}, b: {run: `r${i}`, title: `r${i}`}},
        ...{difference: difference(value), corrected}
      }))
    });
  assert.equal(xception([0.1, 0.01], [0.05, 0.01]).status, "supported");
  assert.equal(xception([0.1, 0.01], [-0.05, 0.01]).status, "not supported");
  assert.equal(xception([0.1, 0.01], [0.01, 0.2]).status, "cannot tell");
  assert.equal(xception([0.1, 0.06]).status, "cannot tell", "the corrected p-value decides");
  assert.equal(xception().status, "cannot tell");
  assert.match(
    xception([0.1, 0.02]).because,
    /^x: weighted F1 0\.800 .* r0 0\.100 \(0\.080 to 0\.120\), p 0\.020\. P-values are corrected/
  );
});

const counted = (k: number, n: number) => ({...about(n ? k / n : 0, 0.2), k, n});
/** A network that finds `found` of two COVID-19 images and is right in `right` of ten that it calls so. */
const finder = (model: string, found: number, right: number, more: Partial<StudyResult> = {}): StudyResult => {
  const result = run(`${model}-${more.start}`, about(0.8));
  const [covid, ...others] = result.perClass;
  return {
    ...result,
    model,
    ...more,
    perClass: [{...covid, recall: counted(found, 2), precision: counted(right, 10)}, ...others]
  };
};

test("DenseNet-121 is judged by its run from ImageNet on all images alone, against others of that kind", () => {
  const densenet = (...runs: StudyResult[]) => judged("densenet-covid-recall", {results: results(runs)});
  const other = finder("other", 1, 5);
  assert.equal(densenet(finder("densenet121", 2, 2), other).status, "supported");
  assert.equal(densenet(finder("densenet121", 1, 2), other).status, "not supported");
  assert.equal(densenet(finder("densenet121", 2, 6), other).status, "not supported");
  const random = {start: "random"};
  assert.match(densenet(finder("densenet121", 2, 2, random), other).because, /not both been trained from ImageNet/);
  assert.equal(densenet(finder("densenet121", 2, 2, {fraction: 0.5}), other).status, "cannot tell");
  assert.equal(densenet(finder("densenet121", 1, 9, random), finder("densenet121", 2, 2), other).status, "supported");
  const lower = [finder("other", 1, 1, random), finder("other", 1, 1, {fraction: 0.1})];
  assert.equal(densenet(finder("densenet121", 2, 2), other, ...lower).status, "supported");
  assert.equal(densenet(finder("densenet121", 2, 2), ...lower).status, "cannot tell");
});

test("COVID-Net as published is told from the runs of COVID-Net", () => {
  const ours = {
    ...run("covid-net-random-1", about(0.9)),
    title: "COVID-Net, random, two cores",
    model: "covid-net",
    start: "random",
    weightedF1: about(0.9)
  };
  const {because, status} = judged("single-beats-covid-net", {
    results: results([ours]),
    published: {...published!, title: "COVID-Net, as published"}
  });
  assert.equal(status, "supported");
  assert.match(
    because,
    /^COVID-Net, random, two cores, against COVID-Net, as published, whose intervals follow from its confusion matrix/
  );
  assert.equal(judged("covid-net-from-scratch", {results: results([ours])}).status, "not supported");
});

test("an ensemble beats COVID-Net everywhere only if it does so in every class", () => {
  const tuned = {...run("ensemble-tuned", about(0.9)), accuracy: about(0.9), weightedF1: about(0.9)};
  const evidence = {results: {...results([]), ensembles: [tuned]}};
  assert.equal(status("ensemble-beats-covid-net", evidence), "supported");
  const perfect = {...published!, perClass: [{class: "COVID-19", recall: about(1), precision: about(0.7)}]};
  assert.equal(status("ensemble-beats-covid-net", {...evidence, published: perfect}), "not supported");
});

const pair = (model: string, mean: number, more: Partial<Evidence["pairs"][number]> = {}) => ({
  ...{model, network: model, start: "ImageNet", less: "random", fraction: 1, source: [source]},
  seeds: [{seed: 1, pretrained: "p", scratch: "s", sameProcedure: true, difference: {value: 0, low: 0, high: 0, p: 1}}],
  spread: {n: 3, mean, min: mean, max: mean, interval: {low: mean - 0.02, high: mean + 0.02}},
  ...more
});

test("pretraining helps if it does so for every network", () => {
  assert.equal(status("pretraining-helps", {pairs: [pair("a", 0.1), pair("b", 0.05)]}), "supported");
  assert.equal(status("pretraining-helps", {pairs: [pair("a", 0.1), pair("b", 0.01)]}), "cannot tell");
  assert.equal(status("pretraining-helps", {pairs: [pair("a", 0.1), pair("b", -0.1)]}), "not supported");
});

const single = (model: string, mean: number, more: Partial<StartPair> = {}) => {
  const difference = {value: mean, low: mean - 0.05, high: mean + 0.05, p: 0.01};
  const seeds = [{seed: 1, pretrained: "p", scratch: "s", sameProcedure: false, difference}];
  return pair(model, mean, {seeds, spread: {n: 1, mean, min: mean, max: mean, interval: null}, ...more});
};

test("a gain says over how many seeds it is, and what its interval leaves out", () => {
  const five = pair("a", 0.1);
  const {status, because, strength} = judged("pretraining-helps", {
    pairs: [{...five, spread: {...five.spread, n: 5}}, single("b", 0.1)]
  });
  assert.equal(status, "supported");
  assert.equal(strength, "over seeds, paired test");
  assert.match(
    because,
    /^a: difference in macro F1 0\.100 \(0\.080 to 0\.120\), the mean of 5 seeds with its interval over seeds\./
  );
  assert.match(
    because,
    /b: .* \(0\.050 to 0\.150\), of one seed, with an interval over the test images alone, trained by another procedure/
  );
});

const comparison = (b: string, value: number, corrected: number): Comparison => ({
  ...{a: {run: "a", title: "a"}, b: {run: b, title: b}, source},
  ...{accuracy: difference(value), macroF1: difference(value), weightedF1: difference(value)},
  ...{mcnemar: {onlyA: 1, onlyB: 1, p: 1}, apart: {onlyA: [1], onlyB: [2]}, holm: {macroF1: corrected, mcnemar: 1}}
});

test("who is ahead is decided on the same images, by the p-value that is left after correction", () => {
  const against = (value: number, corrected: number) => ({
    results: {...results([]), comparisons: [comparison("probe-net", value, corrected)]}
  });
  assert.equal(status("beats-probe", against(0.05, 0.01)), "supported");
  assert.equal(status("beats-probe", against(-0.05, 0.01)), "not supported");
  assert.equal(status("beats-probe", against(0.05, 0.06)), "cannot tell");
  assert.equal(status("beats-probe", against(0.01, 0.2)), "cannot tell");
  assert.equal(status("beats-thumbnail", against(0.05, 0.01)), "cannot tell");
  assert.match(
    judged("beats-probe", against(0.05, 0.06)).because,
    /^a less probe-net: macro F1 0\.050 \(0\.030 to 0\.070\), p 0\.010, corrected for all comparisons 0\.060\.$/
  );
});

test("an ensemble with tuned weights is told beside the single run and one with equal weights", () => {
  const ensembles = ["tuned", "average"].map((way, i) => run(`ensemble-${way}`, about(0.8 - i / 10)));
  const found = {
    ...results([run("a", about(0.6))]),
    ensembles,
    comparisons: [comparison("ensemble-tuned", -0.05, 0.01)]
  };
  const {status, because} = judged("ensemble-beats-single", {results: found});
  assert.equal(status, "supported");
  assert.match(
    because,
    /^ensemble-tuned less a: macro F1 0\.050 \(0\.030 to 0\.070\), .*equal weights: 0\.700 .* single run: 0\.600/
  );
});

/** Runs on all images with a weighted F1 of 0.87 on test, and these on validation. */
const validated = (...scores: number[]) =>
  scores.map((weightedF1, i) => ({...run(`r${i}`, about(0.8)), validation: {accuracy: 0.9, macroF1: 0.9, weightedF1}}));

test("the test images are harder where all runs score lower on them, whatever the run does that validation chose", () => {
  const fallen = (...scores: number[]) => ({results: results(validated(...scores)), fall: about(0.05, 0.03)});
  assert.equal(status("test-is-harder", fallen(0.9, 0.88, 0.95)), "supported");
  assert.equal(status("test-is-harder", fallen(0.9, 0.88, 0.8)), "cannot tell");
  assert.equal(status("test-is-harder", fallen(0.95, 0.8, 0.8)), "not supported");
  assert.equal(status("test-is-harder", fallen(0.95, 0.87)), "not supported", "as high is not lower");
  const {because} = judged("test-is-harder", fallen(0.95, 0.8, 0.8));
  assert.match(
    because,
    /^Of 3 runs on all images, 1 has a lower .* r0: 0\.870 .* on test, 0\.950 on validation, a fall of 0\.050, from 0\.020 to 0\.080 with/
  );
  const parts = validated(0.8, 0.8).map((one) => ({...one, fraction: 0.5}));
  assert.equal(
    status("test-is-harder", {results: results([...validated(0.95), ...parts]), fall: about(0.05)}),
    "supported"
  );
});

test(
  "a file's metadata leaks the source where the exact intervals of the recalls say so, however " +
    "few images there are",
  () => {
    const baseline = (name: string, recalls: [k: number, n: number][], balanced: number) => ({
      ...run(`baseline-${name}`, about(0.5)),
      balancedAccuracy: about(balanced, 0.001),
      perClass: recalls.map(([k, n], i) => ({...run("a", about(0.8)).perClass[i], recall: counted(k, n)}))
    });
    const prior = baseline(
      "prior",
      [
        [0, 10],
        [0, 100],
        [100, 100],
        [0, 100]
      ],
      0.25
    );
    const leak = (recalls: [number, number][]) => {
      const balanced = recalls.reduce((sum, [k, n]) => sum + k / n / 4, 0);
      const metadata = baseline("metadata", recalls, balanced);
      const scored = {overall: metadata, perClass: metadata.perClass};
      return judged("sources-leak", {
        results: {...results([]), baselines: [metadata, prior]},
        balance: alone(exactBalance({study, baseline: "metadata"}), {scored})
      });
    };
    const {status, because} = leak([
      [10, 10],
      [0, 149],
      [242, 246],
      [0, 234]
    ]);
    assert.equal(status, "supported");
    assert.match(
      because,
      /^Balanced accuracy 0\.496 \(0\.3\d\d to 0\.51\d\); whatever the image, it is 0\.250\. .* COVID-19 1\.000/
    );
    // One image of a class, found, would leave resampling certain: 0.3 of which 0.25 was chance.
    assert.equal(
      leak([
        [1, 1],
        [0, 100],
        [20, 100],
        [0, 100]
      ]).status,
      "cannot tell"
    );
  }
);

test("scale and what is beyond it are compared directly, for every network that has all three starts", () => {
  const start = startNames["mean-var"];
  const scaled = (alone: number, beyond: number, model = "a") => ({
    pairs: [pair(model, 0.1), single(model, alone, {start})],
    scale: [single(model, beyond)]
  });
  assert.equal(status("scale-helps", scaled(0.1, 0)), "supported");
  assert.equal(status("scale-helps", scaled(0.01, 0)), "cannot tell");
  assert.equal(status("more-than-scale", scaled(0, 0.1)), "supported");
  assert.equal(status("more-than-scale", scaled(0, 0.01)), "cannot tell");
  assert.equal(status("more-than-scale", scaled(0, -0.1)), "cannot tell", "one training may have failed by itself");
  const repeated = {pairs: [pair("a", 0.1), pair("a", -0.1, {start})], scale: [pair("a", -0.1)]};
  assert.equal(status("scale-helps", repeated), "not supported");
  assert.equal(status("more-than-scale", repeated), "not supported");
  const [a, b] = [scaled(0.1, 0.1), scaled(0.1, -0.1, "b")];
  const both = {pairs: [...a.pairs, ...b.pairs], scale: [...a.scale, ...b.scale]};
  assert.equal(status("scale-helps", both), "supported");
  assert.match(judged("more-than-scale", both).because, /^a: .* b: /);
  assert.equal(status("more-than-scale", both), "cannot tell");
  assert.equal(status("more-than-scale", {...a, pairs: [pair("a", 0.1)]}), "cannot tell");
  assert.equal(
    status("more-than-scale", {...a, pairs: [pair("a", 0.1), single("a", 0.1, {start: "ImageNet up to x"})]}),
    "cannot tell"
  );
});

test("ImageNet is worth more the fewer images there are only where the intervals of the gains lie apart", () => {
  const part = (...means: number[]) => ({pairs: means.map((mean, i) => pair("a", mean, {fraction: [1, 0.5, 0.1][i]}))});
  assert.equal(status("more-with-less-data", part(0.1, 0.2, 0.3)), "supported");
  assert.equal(status("more-with-less-data", part(0.1, 0.2, 0.21)), "cannot tell");
  assert.equal(status("more-with-less-data", part(0.1, 0.3, 0.2)), "not supported");
  assert.equal(status("more-with-less-data", part(0.1)), "cannot tell");
  const {because, strength} = judged("more-with-less-data", part(0.1, 0.2));
  assert.match(because, /^a: .* with 50% .* 0\.200 .*; with 100% .* 0\.100/);
  assert.equal(strength, "intervals, over seeds");
});

test("one step against it is enough where fewer images are said to gain more, also of one seed, and is told", () => {
  const pairs = [pair("a", 0.1), single("a", 0.4, {fraction: 0.5}), single("a", 0.1, {fraction: 0.1})];
  const {status, because} = judged("more-with-less-data", {pairs});
  assert.equal(status, "not supported");
  assert.match(because, /From 50% to 10% of the images the gain of a falls, by intervals that do not overlap\./);
  assert.doesNotMatch(because, /From 100%/);
});

test("a share of the images of one seed cannot be compared with one of several, and fewer images are fewer steps", () => {
  const pairs = [pair("a", 0.1), single("a", 0.4, {fraction: 0.1})];
  const ways = ["p", "s"].map((run) => way(run, [1]));
  const {status, because, strength} = judged("more-with-less-data", {pairs, ways});
  assert.equal(status, "cannot tell");
  assert.match(
    because,
    /of these runs were trained for 8 epochs, so that fewer images also meant fewer steps.* There is one seed with 10% of the images/
  );
  assert.equal(strength, "intervals, paired test, over seeds");
  const uneven = [ways[0], {...ways[1], validation: [0.5]}];
  assert.doesNotMatch(judged("more-with-less-data", {pairs, ways: uneven}).because, /fewer steps/);
});

/** Epochs in which a run of eight reached each of three levels; null where it did not. */
const way = (run: string, epochs: (number | null)[]) => ({
  run,
  reached: epochs.map((n) => ({epochs: n ?? 8, reached: n !== null})),
  validation: new Array<number>(8).fill(0.5)
});

test("who learns faster is told by the highest level that both twins reached", () => {
  const race = (...twins: [pretrained: (number | null)[], scratch: (number | null)[]][]) => {
    const seeds = twins.map((_, i) => ({
      seed: i,
      pretrained: `p${i}`,
      scratch: `s${i}`,
      sameProcedure: true,
      difference: difference(0)
    }));
    const ways = twins.flatMap(([p, s], i) => [way(`p${i}`, p), way(`s${i}`, s)]);
    return judged("learns-faster", {pairs: [pair("a", 0.1, {seeds})], ways});
  };
  assert.equal(
    race([
      [1, 4, null],
      [1, 6, null]
    ]).status,
    "supported"
  );
  assert.equal(
    race([
      [1, 4, null],
      [1, 3, null]
    ]).status,
    "not supported"
  );
  assert.equal(
    race([
      [4, 5, 6],
      [2, null, null]
    ]).status,
    "not supported",
    "to end higher is not to be sooner"
  );
  assert.equal(
    race([
      [2, 3, 4],
      [2, null, null]
    ]).status,
    "not supported",
    "a tie"
  );
  const both = race(
    [
      [4, 5, 6],
      [6, null, null]
    ],
    [
      [1, 2, null],
      [1, 2, 3]
    ],
    [
      [1, null, null],
      [null, null, null]
    ]
  );
  assert.equal(both.status, "not supported");
  assert.match(
    both.because,
    /fewer epochs in 1 of 2 pairs, as many in 1 and more in 0\. .* pretrained run alone in 2 of 3 pairs, and by its twin alone in 1\./
  );
  const apart = race([
    [1, null, null],
    [null, null, null]
  ]);
  assert.equal(apart.status, "cannot tell");
  assert.match(apart.because, /no pair in which both reached a level\. .* alone in 1 of 1 pairs/);
});

test("a twin without a training history is no race", () => {
  const seeds = single("a", 0.1).seeds;
  assert.equal(status("learns-faster", {pairs: [pair("a", 0.1, {seeds})], ways: []}), "cannot tell");
});

/**
 * A network that takes so many of a hundred of NIH's adults, of Figure 1's COVID-19 and of normal test images for
 * COVID-19.
 */
const abroad = (title: string, [nih, figure1, home]: number[], leads = true): SuspectedRun => ({
  ...{title, leads, network: "Net", start: "ImageNet"},
  adults: {...exact(nih, 100), patients: 80},
  ill: {...exact(figure1, 100), patients: 90},
  children: exact(home, 100)
});
const exact = (k: number, n: number) => clopperPearson(k, n);
const elsewhere = (...suspected: SuspectedRun[]) => ({suspected});

test("the best network recognises the dataset where it suspects more adults without a finding than children at home", () => {
  assert.equal(status("recognises-dataset", elsewhere(abroad("a", [90, 95, 0]))), "supported");
  assert.equal(status("recognises-dataset", elsewhere(abroad("a", [3, 95, 1]))), "cannot tell");
  assert.equal(status("recognises-dataset", elsewhere(abroad("a", [0, 95, 20]))), "not supported");
  const {status: said, because} = judged(
    "recognises-dataset",
    elsewhere(abroad("a", [90, 95, 0], false), abroad("b", [3, 95, 1]))
  );
  assert.equal(said, "cannot tell");
  // Clopper and Pearson's interval of 3 of 100.
  assert.match(
    because,
    /^b takes 3 of 100 NIH images without a finding of 80 patients, 0\.030 \(0\.006 to 0\.085\), and 1 of 100 normal test images, 0\.010 \(0\.000 to 0\.054\), for COVID-19\./
  );
  assert.match(because, /In 1 of 2 runs of 1 network \(ImageNet 1 of 2\) the first interval/);
  const random = {...abroad("c", [0, 95, 0], false), network: "Other", start: "random"};
  const {because: both} = judged("recognises-dataset", elsewhere(abroad("a", [90, 95, 0]), random));
  assert.match(both, /In 1 of 2 runs of 2 networks \(ImageNet 1 of 1, random 0 of 1\)/);
});

test("the disease is recognised elsewhere where COVID-19 is found more often than it is suspected without a finding", () => {
  assert.equal(status("disease-elsewhere", elsewhere(abroad("a", [20, 95, 0]))), "supported");
  assert.equal(status("disease-elsewhere", elsewhere(abroad("a", [90, 95, 0]))), "cannot tell");
  assert.equal(status("disease-elsewhere", elsewhere(abroad("a", [95, 20, 0]))), "not supported");
});

test("what pretraining changes elsewhere is told by all pairs from ImageNet", () => {
  const of = (value: number, start = "ImageNet", collection = "nih") => ({
    ...{title: "a", start, collection, area: null, source},
    groups: [{label: "No finding", difference: {value, low: value - 0.1, high: value + 0.1, p: 0.01}}]
  });
  const pairs = (...pairs: ReturnType<typeof of>[]) => ({external: {pairs}});
  const id = "pretraining-suspects-adults";
  assert.equal(status(id, pairs(of(0.4), of(0.2), of(-0.4, "other"), of(-0.4, "ImageNet", "figure1"))), "supported");
  assert.equal(status(id, pairs(of(0.4), of(0))), "cannot tell");
  assert.equal(status(id, pairs(of(0.4), of(-0.4))), "not supported");
});

test("images of the same collection are suspected where more of them than of the children are taken for COVID-19", () => {
  const told = (...adults: number[]) =>
    judged("same-source-suspected", {
      results: results(
        adults.map((_, i) => ({
          ...run(`r${i}`, about(0.8)),
          validation: {accuracy: 0, macroF1: 0, weightedF1: 1 / (1 + i)}
        }))
      ),
      sameSource: adults.map((k, i) => ({
        run: `r${i}`,
        adults: {...exact(k, 5), patients: 2},
        children: {...exact(1, 600), patients: 500}
      }))
    });
  assert.equal(told(5).status, "supported");
  assert.equal(told(0, 5).status, "cannot tell", "the best run decides");
  const {because} = told(2, 0, 1);
  // Clopper and Pearson's interval of 2 of 5.
  assert.match(
    because,
    /^r0 takes 2 of 5 images .* 0\.400 \(0\.053 to 0\.853\), and 1 of 600 of the children, .* larger in 2 of 3 runs, .* in 1\. .* of 2 patients only\./
  );
  assert.equal(told().status, "cannot tell");
});

test("without the rarest class a gain is a gain only if every network has it", () => {
  const without = (...others: number[]) => ({
    byClass: others.map((one, i) => classGains(`n${i}`, [one], [[0.8], [0.2], [0.1], [-0.1]]))
  });
  assert.equal(status("gain-without-rarest", without(0.06, 0.1)), "supported");
  assert.equal(status("gain-without-rarest", without(0.06, 0)), "cannot tell");
  assert.equal(status("gain-without-rarest", without(0.06, -0.1)), "not supported");
  assert.match(
    judged("gain-without-rarest", without(0.06)).because,
    /^Difference in macro F1 without COVID-19: n0 0\.060 \(0\.010 to 0\.110\) over the test images, with one seed\./
  );
});

test("fewer normal images are found only where the recall of every network falls", () => {
  const normal = (...recalls: number[]) => ({
    byClass: recalls.map((one, i) => classGains(`n${i}`, [0.1], [[0.8], [0.2], [0.1], [one]]))
  });
  assert.equal(status("fewer-normals", normal(-0.1, -0.2)), "supported");
  assert.equal(status("fewer-normals", normal(-0.1, 0.01)), "cannot tell");
  assert.equal(status("fewer-normals", normal(-0.1, 0.1)), "not supported");
});

test("the rarest class cannot show a perfect recall where so few images may all be found by luck", () => {
  const rarest = (byClass: number[]) =>
    alone(rarestRecall({study}), {images: {classes: ["common", "rare", "more"], splits: {test: {byClass}}}});
  const rare = {results: results([run("a", about(0.8))]), rarest: rarest([20, 8, 30])};
  const {status: said, because} = judged("rare-class-uncertain", rare);
  assert.equal(said, "supported");
  // Clopper and Pearson's interval of 8 of 8 begins at 0.025 ** (1 / 8).
  assert.match(because, /^With 8 of 8 rare images found, .* begins at 0\.631\.$/);
  assert.equal(status("rare-class-uncertain", {...rare, rarest: rarest([20, 18, 30])}), "not supported");
});

test("each comparison of the best run is judged by its own opponents alone", () => {
  const against = (probe: number, thumbnail: number, tuned: number) => ({
    results: {
      ...results([]),
      comparisons: [
        comparison("probe-net", probe, 0.01),
        comparison("baseline-thumbnail", thumbnail, 0.01),
        comparison("ensemble-tuned", -tuned, 0.01)
      ]
    }
  });
  const ids = ["beats-probe", "beats-thumbnail", "ensemble-beats-single"];
  const told = (...of: [number, number, number]) => ids.map((id) => status(id, against(...of)));
  assert.deepEqual(told(0.05, -0.05, -0.05), ["supported", "not supported", "not supported"]);
  assert.deepEqual(told(-0.05, 0.05, -0.05), ["not supported", "supported", "not supported"]);
  assert.deepEqual(told(-0.05, -0.05, 0.05), ["not supported", "not supported", "supported"]);
});

test("the best run passes COVID-Net's F1 scores whatever its accuracy is", () => {
  const low = {...run("a", about(0.9)), accuracy: about(0.5), weightedF1: about(0.9)};
  assert.equal(status("single-beats-covid-net", {results: results([low])}), "supported");
});

test("whether pretraining helps is told by pairs from ImageNet on all images alone", () => {
  const others = [pair("a", -0.1, {start: startNames["mean-var"]}), pair("a", -0.1, {fraction: 0.1})];
  const {status, because} = judged("pretraining-helps", {pairs: [pair("a", 0.1), ...others]});
  assert.equal(status, "supported");
  assert.doesNotMatch(because, /-|−/);
});

test("scale is compared within one network and one share of the images", () => {
  const start = startNames["mean-var"];
  const other = [pair("b", -0.1, {start}), pair("a", -0.1, {start, fraction: 0.5})];
  const evidence = {pairs: [...other, pair("a", 0.1, {start})], scale: [pair("a", 0.1)]};
  assert.equal(status("scale-helps", evidence), "supported");
  assert.equal(status("scale-helps", {...evidence, pairs: other}), "cannot tell");
});

test("what fewer images are worth is compared within a network, from ImageNet, where it was trained on several shares", () => {
  const parts = [pair("a", 0.1), pair("a", 0.3, {fraction: 0.1})];
  const others = [pair("b", 0.6), pair("a", 0.9, {start: startNames["mean-var"]})];
  const {status, because} = judged("more-with-less-data", {pairs: [...parts, ...others]});
  assert.equal(status, "supported");
  assert.doesNotMatch(because, /b:|0\.600|0\.900/);
  const ways = [way("p", [1]), way("s", [1]), {...way("another", [1]), validation: [0.5]}];
  assert.match(judged("more-with-less-data", {pairs: parts, ways}).because, /trained for 8 epochs/);
});

test("most races won are no proof and no disproof, and as many levels reached is not one more", () => {
  const seeds = [0, 1, 2].map((i) => ({
    ...{seed: i, pretrained: `p${i}`, scratch: `s${i}`, sameProcedure: true},
    difference: difference(0)
  }));
  const ways = [0, 1, 2].flatMap((i) => [way(`p${i}`, [i === 2 ? 6 : 2]), way(`s${i}`, [4])]);
  const {status, because} = judged("learns-faster", {pairs: [pair("a", 0.1, {seeds})], ways});
  assert.equal(status, "cannot tell");
  assert.match(
    because,
    /fewer epochs in 2 of 3 pairs, as many in 0 and more in 1\. .* alone in 0 of 3 pairs, and by its twin alone in 0\./
  );
  assert.match(judged("learns-faster", {}).because, /^No network has been trained from both starts/);
  const half = [way("p0", [2]), ...ways.slice(1).filter(({run}) => run !== "s1")];
  assert.match(judged("learns-faster", {pairs: [pair("a", 0.1, {seeds})], ways: half}).because, /of 2 pairs/);
});

test("DenseNet-121 has the lowest precision only where every other has a higher one", () => {
  const told = (...right: number[]) =>
    judged("densenet-covid-recall", {
      results: results([finder("densenet121", 2, 3), ...right.map((one, i) => finder(`other${i}`, 1, one))])
    });
  assert.equal(told(5, 2).status, "not supported");
  assert.equal(told(5, 3).status, "not supported", "as low is not lower");
  assert.match(told(5, 4).because, /finds 2 of 2 .* the lowest of the networks from ImageNet/);
  assert.match(told(5, 2).because, /not the lowest of the networks/);
});

test("every number of which more can be shown leads to what it is of", () => {
  const figures = (id: string, evidence: Partial<Evidence>) => judged(id, evidence).figures!.map(({of}) => of);
  const helped = figures("pretraining-helps", {pairs: [pair("a", 0.1)]});
  assert.deepEqual(helped, [{pretrained: "p", scratch: "s"}]);
  const probe = {results: {...results([]), comparisons: [comparison("probe-net", 0.1, 0.01)]}};
  assert.deepEqual(figures("beats-probe", probe), [{a: "a", b: "probe-net"}]);
  assert.deepEqual(figures("single-beats-covid-net", {results: results([run("a", about(0.9))])}), [
    {run: "a", score: "macroF1"},
    {run: "a", score: "weightedF1"}
  ]);
  const densenet = {...finder("densenet121", 2, 2), run: "d"};
  assert.deepEqual(figures("densenet-covid-recall", {results: results([densenet, finder("other", 1, 5)])}), [
    {run: "d", class: "COVID-19", score: "recall"},
    {run: "d", class: "COVID-19", score: "precision"}
  ]);
  const tuned = {...run("ensemble-tuned", about(0.9)), run: "ensemble-tuned"};
  assert.deepEqual(figures("ensemble-beats-covid-net", {results: {...results([]), ensembles: [tuned]}}).slice(3), [
    {run: "ensemble-tuned", score: "recall", class: "COVID-19"},
    {run: "ensemble-tuned", score: "precision", class: "COVID-19"}
  ]);
});

test("of other datasets only what does not speak of COVIDx's images is claimed, and never by the study of 2020", () => {
  assert.deepEqual(ledgerOf("covidx"), ledger);
  const others = ledgerOf("folder");
  assert.ok(others.length > 0 && others.length < ledger.length);
  assert.deepEqual([...new Set(others.map(({source}) => source))], ["This report"]);
  const ids = others.map(({id}) => id);
  assert.ok(ids.includes("pretraining-helps") && !ids.includes("covid-net-from-scratch"));
  assert.ok(!ids.some((id) => ["recognises-dataset", "same-source-suspected", "fewer-normals"].includes(id)));
});

test("differences between groups and classes are told network by network", () => {
  const normal = classGains("n0", [0.1], [[0.8], [0.2], [0.1], [-0.1]]);
  assert.match(
    judged("fewer-normals", {byClass: [normal, {...normal, network: "n1"}]}).because,
    /^Difference in the recall of normal: n0 −0\.100 .*; n1 −0\.100 /
  );
  const of = (title: string, value: number) => ({
    ...{title, start: "ImageNet", collection: "nih", area: null, source},
    groups: [
      {label: "Pneumonia", difference: difference(0.9)},
      {label: "No finding", difference: difference(value)}
    ]
  });
  assert.match(
    judged("pretraining-suspects-adults", {external: {pairs: [of("a", 0.4), of("b", 0.2)]}} as Partial<Evidence>)
      .because,
    /in 2 pairs of runs: a 0\.400 \(0\.380 to 0\.420\); b 0\.200 \(0\.180 to 0\.220\)\.$/
  );
});
