import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {gain, readEvidence, type Evidence} from "../../src/lib/study/evidence.js";
import {UserError} from "../../src/lib/support/errors.js";

const content = readFileSync(new URL("../../data/evidence.json", import.meta.url), "utf8");
const evidence = readEvidence(JSON.parse(content));

/** What is said of the file after a change. */
function complaint(change: (copy: Evidence) => void): string {
  const copy = JSON.parse(content) as Evidence;
  change(copy);
  try {
    readEvidence(copy);
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.message;
  }
  return "";
}
const first = (copy: Evidence) => copy.entries[0];

test("there are at least 20 published estimates, from at least 10 papers", () => {
  assert.ok(evidence.entries.length >= 20);
  const papers = new Set(
    evidence.entries.map(({source}) => source).filter((id) => evidence.sources[id].kind === "paper")
  );
  assert.ok(papers.size >= 10);
});

test("every panel, source and fact is used and named once", () => {
  for (const [key, names] of [
    ["panel", Object.keys(evidence.panels)],
    ["source", Object.keys(evidence.sources)]
  ] as const)
    assert.deepEqual(
      names.filter((name) => !evidence.entries.some((entry) => entry[key] === name)),
      []
    );
  for (const list of [evidence.background, evidence.unreached])
    assert.equal(new Set(list.map(({id}) => id)).size, list.length);
});

test("a panel has one metric and one pair of starts, which no other panel has", () => {
  const panels = Object.values(evidence.panels).map(({with: a, without: b, metric}) => [a, b, metric].join(", "));
  assert.equal(new Set(panels).size, panels.length);
});

test("what was left out or out of reach names no figure", () => {
  for (const {tried} of evidence.unreached) assert.doesNotMatch(tried.replaceAll(/PMC\d+/g, ""), /\d/);
});

test("gains are comparable whatever unit their source prints", () => {
  assert.equal(gain({difference: "16.2", unit: "percent"}), 0.162);
  assert.equal(gain({difference: "-0.0025", unit: "fraction"}), -0.0025);
});

test("a difference that is not that of its scores is refused, by its place", () => {
  const message = complaint((copy) => (first(copy).difference = "16.4"));
  assert.match(message, /juodelyte-2023-children-imagenet: 16.4 is not the difference of the scores, 16.2000/);
  assert.match(message, /entries\[0\]\.difference/);
});

test("a difference may be rounded from digits that are not printed", () => {
  assert.equal(
    complaint((copy) => (first(copy).difference = "16.3")),
    ""
  );
});

test("the mean is taken where a source prints one score for each seed", () => {
  const of = (copy: Evidence) => copy.entries.find(({id}) => id === "cherti-2021-covidx-radiographs")!;
  assert.ok(Array.isArray(of(evidence).with));
  assert.match(
    complaint((copy) => (of(copy).difference = "0.0025")),
    /0.0025 is not the difference/
  );
});

test("a number that does not stand in what is quoted is refused, be it a part of a longer one", () => {
  assert.match(
    complaint((copy) => Object.assign(first(copy), {with: "99.5", difference: "17.0"})),
    /99.5 does not stand in what is quoted/
  );
  assert.match(
    complaint((copy) => Object.assign(first(copy), {with: "8.7", difference: "-73.8"})),
    /8.7 does not stand in what is quoted/
  );
  assert.match(
    complaint((copy) => Object.assign(first(copy), {with: "98", difference: "15.5"})),
    /98 does not stand in what is quoted/
  );
  const alone = (copy: Evidence) => copy.entries.find((entry) => entry.with === null)!;
  assert.match(
    complaint((copy) => (alone(copy).difference = "1.8")),
    /1.8 does not stand in what is quoted/
  );
  const interval = (copy: Evidence) => copy.entries.find((entry) => entry.interval.kind === "ci-95")!;
  assert.match(
    complaint((copy) => Object.assign(interval(copy).interval, {low: "0.014"})),
    /0.014 does not stand/
  );
});

test("unknown panels and sources, single scores and entries that repeat are refused", () => {
  assert.match(
    complaint((copy) => (first(copy).panel = "elsewhere")),
    /no panel is called elsewhere/
  );
  assert.match(
    complaint((copy) => (first(copy).source = "nobody-1999")),
    /no source is called nobody-1999/
  );
  assert.match(
    complaint((copy) => (first(copy).without = null)),
    /give both scores or neither/
  );
  assert.match(
    complaint((copy) => copy.entries.push(first(copy))),
    /another entry has this id/
  );
  const renamed = (copy: Evidence) => copy.entries.push({...first(copy), id: "renamed"});
  assert.match(complaint(renamed), /renamed: another entry has this cell/);
});

test("the form is strict: unknown fields, ids, numbers that lost their digits, long quotes, sources without a name", () => {
  assert.match(
    complaint((copy) => Object.assign(first(copy), {year: 2023})),
    /Unrecognized key/
  );
  assert.match(
    complaint((copy) => (first(copy).id = "Two Words")),
    /joined by dashes/
  );
  assert.match(
    complaint((copy) => Object.assign(first(copy), {difference: 16.2})),
    /entries\[0\]\.difference/
  );
  assert.match(
    complaint((copy) => (first(copy).quote[0] += " word".repeat(25))),
    /quote at most 25 words/
  );
  assert.match(
    complaint((copy) => delete copy.sources["juodelyte-2023"].arxiv),
    /name a doi, an arXiv number/
  );
});
