import assert from "node:assert/strict";
import {existsSync, readFileSync, readdirSync, rmSync, statSync} from "node:fs";
import {join} from "node:path";
import type {TestContext} from "node:test";
import test from "node:test";
import {fetchCovidx} from "../../../src/lib/dataset/fetch/covidx.js";
import type {Publishers} from "../../../src/lib/dataset/fetch/publishers.js";
import {publishers as published} from "../../../src/lib/dataset/fetch/publishers.js";
import {plainPng, temporaryFolder, write} from "../fixtures.js";
import type {Answer} from "./server.js";
import {gitBlob, send, serve} from "./server.js";
import {zip} from "../../support/zip.js";

const normals = Array.from({length: 120}, (_, i) => `IM-${1000 + i}.jpeg`);
const lists = {
  "train_split.txt": [
    "3 Fig 8a+day0.png viral",
    "4 gone.png COVID-19",
    "100011 person11_virus_1.jpeg viral",
    ...normals.map((name, i) => `1000${i} ${name} normal`)
  ].join("\n"),
  "test_split.txt": "5 late.png COVID-19\n6 NORMAL2-IM-0007.jpeg normal"
};
const noise = await plainPng(50);
const archive = zip([
  {name: "chest_xray/train/PNEUMONIA/person11_virus_1.jpeg", content: noise},
  {name: "chest_xray/test/NORMAL/NORMAL2-IM-0007.jpeg", content: noise},
  {name: "chest_xray/train/NORMAL/unlisted.jpeg", content: noise},
  {name: "chest_xray/train/NORMAL/.DS_Store", content: noise},
  {name: "__MACOSX/chest_xray/train/NORMAL/._IM-1000.jpeg", content: noise},
  ...normals.map((name) => ({name: `chest_xray/train/NORMAL/${name}`, content: noise}))
]);
const patience = {pause: () => 1, attempts: 3};

/** GitHub and Mendeley in small: one commit of the lists, two of Cohen's images, one archive. */
async function publish(context: TestContext, changes: Record<string, Answer> = {}) {
  const fileAnswers: Record<string, Answer> = {};
  const tree = (repository: string, commit: string, files: Record<string, string | Buffer>) => {
    for (const [path, content] of Object.entries(files)) {
      const url = `/raw/${repository}/${commit}/${path.split("/").map(encodeURIComponent).join("/")}`;
      fileAnswers[url] = (request, response) => send(request, response, Buffer.from(content));
    }
    const entries = Object.entries(files).map(([path, content]) => ({
      path,
      type: "blob",
      sha: gitBlob(content),
      size: Buffer.byteLength(content)
    }));
    fileAnswers[`/api/repos/${repository}/git/trees/${commit}`] = (_, response) =>
      void response.end(JSON.stringify({tree: [{path: "images", type: "tree", sha: "0"}, ...entries]}));
  };
  tree("study/lists", "aaa", Object.fromEntries(Object.entries(lists).map(([name, text]) => [`covid/${name}`, text])));
  tree("cohen/images", "bbb", {
    "images/Fig 8a+day0.png": await plainPng(10),
    "images/unlisted.png": noise,
    "metadata.csv": "patientid,finding\n"
  });
  tree("cohen/images", "ccc", {"images/late.png": await plainPng(20), "images/Fig 8a+day0.png": noise});
  fileAnswers["/mendeley/zip"] = (request, response) => send(request, response, archive);
  const {base, requests} = await serve(context, {...fileAnswers, ...changes});
  const publishers: Publishers = {
    raw: `${base}/raw`,
    api: `${base}/api`,
    lists: {repository: "study/lists", commit: "aaa", folder: "covid"},
    cohen: {repository: "cohen/images", commits: ["bbb", "ccc"]},
    kermany: {url: `${base}/mendeley/zip`, page: "https://publisher.example/page", images: 123},
    space: 1e6
  };
  return {publishers, requests, directory: temporaryFolder()};
}

test("everything listed is fetched from its publisher, and what no publisher has is named", async (t) => {
  const {publishers, directory, requests} = await publish(t);
  const messages: string[] = [];
  const {dataset, missing} = await fetchCovidx({directory, publishers, patience, log: (line) => messages.push(line)});
  assert.deepEqual(
    missing.map(({file}) => file),
    ["gone.png"]
  );
  assert.match(messages.join("\n"), /gone\.png[^]*124 of 125/);
  const present = [...dataset.train, ...dataset.test].filter(({path}) => existsSync(path));
  assert.equal(present.length, 124);
  assert.ok(readFileSync(present[0].path).equals(await plainPng(10)), "the first commit that has a file is used");
  assert.deepEqual(readdirSync(directory).sort(), [
    "chest_xray",
    "covid-chestxray-dataset",
    "test_split.txt",
    "train_split.txt"
  ]);
  assert.deepEqual(readdirSync(join(directory, "covid-chestxray-dataset/images")).sort(), [
    "Fig 8a+day0.png",
    "late.png"
  ]);
  assert.equal(readFileSync(join(directory, "covid-chestxray-dataset/metadata.csv"), "utf8"), "patientid,finding\n");

  const before = requests.length;
  await fetchCovidx({directory, publishers, patience});
  const again = requests.slice(before).map(({url}) => url);
  assert.ok(
    again.every((url) => url.startsWith("/api/")),
    `only listings are asked for again: ${again.join()}`
  );
});

test("an interrupted archive is continued by the next run", async (t) => {
  const {publishers, directory, requests} = await publish(t, {
    "/mendeley/zip": (request, response, attempt) => {
      const file = join(directory, "ChestXRay2017.zip.part");
      send(request, response, archive, attempt === 1 ? {cut: {after: 3000, file}} : {});
    }
  });
  await assert.rejects(fetchCovidx({directory, publishers, patience: {attempts: 1}}), {
    name: "UserError",
    message: /connection was cut[^]*publisher\.example\/page[^]*ChestXRay2017\.zip[^]*run again/
  });
  const {size} = statSync(join(directory, "ChestXRay2017.zip.part"));
  await fetchCovidx({directory, publishers, patience});
  assert.deepEqual(
    requests.filter(({url}) => url === "/mendeley/zip").map(({range}) => range),
    [undefined, `bytes=${size}-`]
  );
});

test("an archive that was put in place by hand is used, also after a run that was killed while unpacking", async (t) => {
  const {publishers, directory, requests} = await publish(t);
  write(join(directory, "ChestXRay2017.zip"), archive);
  write(join(directory, "chest_xray/train/NORMAL", normals[0]), "half writ");
  await fetchCovidx({directory, publishers, patience});
  assert.ok(readFileSync(join(directory, "chest_xray/train/NORMAL", normals[0])).equals(noise));
  assert.ok(requests.every(({url}) => url !== "/mendeley/zip"));
});

test("an image that differs from its Git blob is refused", async (t) => {
  const url = "/raw/cohen/images/bbb/images/Fig%208a%2Bday0.png";
  const {publishers, directory} = await publish(t, {[url]: (request, response) => send(request, response, noise)});
  await assert.rejects(fetchCovidx({directory, publishers, patience}), {
    name: "UserError",
    message: /Fig%208a%2Bday0\.png is not what its publisher states/
  });
  assert.equal(existsSync(join(directory, "covid-chestxray-dataset/images/Fig 8a+day0.png")), false);
});

test("an archive with another number of images is refused, with what to do", async (t) => {
  const {publishers, directory} = await publish(t);
  publishers.kermany.images = 5856;
  await assert.rejects(fetchCovidx({directory, publishers, patience}), {
    name: "UserError",
    message: /holds 123 images; its publisher states 5856/
  });
});

test("too many images that no publisher has are an error", async (t) => {
  const {publishers, directory} = await publish(t);
  publishers.cohen.commits = ["bbb"];
  await assert.rejects(fetchCovidx({directory, publishers, patience}), {
    name: "UserError",
    message: /1 of 2 test images[^]*late\.png: no publisher has it/
  });
});

test("a host that does not list its files, or is not there, is named", async (t) => {
  const {publishers, directory} = await publish(t, {
    "/api/repos/study/lists/git/trees/aaa": (_, response) => void response.writeHead(403).end()
  });
  await assert.rejects(fetchCovidx({directory, publishers, patience}), {
    name: "UserError",
    message: /study\/lists.*403/
  });
  rmSync(directory, {recursive: true});
  const nowhere = {...publishers, api: "http://127.0.0.1:1"};
  await assert.rejects(fetchCovidx({directory, publishers: nowhere, patience}), {
    name: "UserError",
    message: /127\.0\.0\.1:1 can be reached/
  });
});

test("too little disk space is said before anything is fetched", async (t) => {
  const {publishers, directory, requests} = await publish(t);
  await assert.rejects(fetchCovidx({directory, publishers: {...publishers, space: 1e18}}), {
    name: "UserError",
    message: /GB free; COVIDx needs/
  });
  assert.equal(requests.length, 0);
});

test("the publishers are pinned to commits and reached over HTTPS", () => {
  const commits = [published.lists.commit, ...published.cohen.commits];
  assert.ok(commits.every((commit) => /^[0-9a-f]{40}$/.test(commit)));
  const urls = [published.raw, published.api, published.kermany.url, published.kermany.page];
  assert.ok(urls.every((url) => new URL(url).protocol === "https:"));
});
