import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {test} from "node:test";
import "../dom.js";
import {text} from "../dom.js";
import {address, bibliography, cite, shortName} from "../../../docs/components/shared/cite.js";
import {references} from "../../../docs/components/shared/references.js";

const data = "docs/components/shared/references.ts";
const written = ["docs", "src"].flatMap((folder) =>
  readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((name) => /\.(md|ts)$/.test(name) && !name.includes(".observablehq"))
    .map((name) => `${folder}/${name}`)
);
const sources = [...written, "README.md", "data/reference-values.json"]
  .filter((path) => path !== data)
  .map((path) => ({path, text: readFileSync(path, "utf8").replace(/\s*\n\s*(\*|\/\/)?\s*/g, " ")}));
const everything = sources.map((source) => source.text).join("\n");

test("works have ids of their own that begin with the first author's name and the year", () => {
  assert.equal(new Set(references.map(({id}) => id)).size, references.length);
  for (const {id, authors, year, letter = ""} of references)
    assert.equal(id, `${authors[0].toLowerCase().replaceAll(" ", "")}-${year}${letter}`);
});

test("works stand in the order of the alphabet", () => {
  const keys = references.map(({authors, year, letter = ""}) => `${authors[0].toLowerCase()} ${year}${letter}`);
  assert.deepEqual(
    keys,
    [...keys].sort((a, b) => a.localeCompare(b, "en"))
  );
});

test("a work has either a well-formed DOI of its own or an address", () => {
  const dois = references.flatMap(({doi}) => doi ?? []);
  assert.equal(new Set(dois).size, dois.length);
  for (const work of references) {
    assert.equal(Boolean(work.doi), !work.url, `${work.id} needs a DOI or else a URL`);
    if (work.doi) assert.match(work.doi, /^10\.\d{4,5}\/\S+$/);
    if (work.doi?.includes("arXiv")) assert.match(work.doi, /^10\.48550\/arXiv\.\d{4}\.\d{4,5}$/);
    assert.equal(new URL(address(work)).protocol, "https:");
  }
});

test("a citation names author and year and leads to the bibliography", () => {
  const link = cite("raghu-2019");
  assert.equal(text(link), "Raghu et al. 2019");
  assert.equal(link.getAttribute("href"), "./bibliography.html#raghu-2019");
  assert.equal(text(cite("holm-1979")), "Holm 1979");
  assert.equal(text(cite("clopper-1934")), "Clopper & Pearson 1934");
  assert.throws(() => cite("nobody-1900"), /no work nobody-1900/);
});

test("the bibliography has an entry with its address for every work", () => {
  const list = bibliography();
  assert.equal(list.querySelectorAll("li").length, references.length);
  const entry = list.querySelector("#mitchell-2019")!;
  assert.match(text(entry), /^Mitchell, Wu, .* and Gebru \(2019\)\. Model cards for model reporting\. FAT\*\./);
  assert.equal(entry.querySelector("a")!.href, "https://doi.org/10.1145/3287560.3287596");
});

test("every work that a page cites is in the bibliography", () => {
  for (const {path, text} of sources)
    for (const [, id] of text.matchAll(/\bcite\("([^"]+)"\)/g))
      assert.ok(
        references.some((work) => work.id === id),
        `${path} cites ${id}, which ${data} lacks`
      );
});

test("every author and year in the prose and the comments is in the bibliography", () => {
  const named = /(\p{Lu}[\p{L}-]+)(?: et al\.?| (?:and|&) \p{Lu}[\p{L}-]+),? \(?((?:19|20)\d\d)[ab]?\b/gu;
  for (const {path, text} of sources)
    for (const [words, name, year] of text.matchAll(named)) {
      const known = references.some((w) => w.year === Number(year) && w.authors.some((one) => one.endsWith(name)));
      assert.ok(known, `${path} names “${words}”, which ${data} lacks`);
    }
});

test("no work stands in the bibliography that nothing cites", () => {
  for (const work of references) {
    const [name] = work.authors[0].split(" ").slice(-1);
    const mentioned = new RegExp(`\\b${name}\\b[^.;:]{0,60}(\\bal\\.)?[^.;:]{0,20}\\b${work.year}\\b`, "u");
    const cited = everything.includes(`cite("${work.id}")`) || mentioned.test(everything);
    assert.ok(cited, `nothing cites ${work.id} (${shortName(work)})`);
  }
});
