import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {forDataset} from "./src/site/sections.js";
import {stamp} from "./src/site/stamp.js";
import {networkPages} from "./src/report/results/network-pages.js";
import {study} from "./src/study.js";

const isCovidx = study.dataset.name === "covidx";
const root = fileURLToPath(new URL(".", import.meta.url));
const {version} = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")) as {version: string};

// A radiograph of a chest, drawn: two lungs, the spine, the heart's shadow on the left of the person.
const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#1d2a35"/>
<path d="M13.5 7c-5 1-8 8-8 16 0 2 1 3 3 2.500l4-1.500c1-.4 1.500-1 1.500-2V8c0-.7-.2-1-.5-1z" fill="#e8e2d4"/>
<path d="M18.500 7c5 1 8 8 8 16 0 2-1 3-3 2.500l-2-.7c1-3-.500-6-3.500-7V8c0-.7.2-1 .5-1z" fill="#e8e2d4"/>
<path d="M16 5v22" stroke="#e8e2d4" stroke-width="1.600" stroke-dasharray="2 1.400" opacity=".7"/>
</svg>`;

export default {
  title: "Does ImageNet pretraining help on chest radiographs?",
  root: "docs",
  output: process.env.SITE_OUTPUT ?? "dist", // a build goes to a staging folder first
  style: "style.css",
  globalStylesheets: [], // the default asks a font host
  head: [
    `<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,${encodeURIComponent(favicon)}">`,
    '<link rel="stylesheet" type="text/css" href="/data/fonts.css">',
    '<meta name="color-scheme" content="light dark">'
  ].join("\n"),
  home: "ImageNet on chest radiographs",
  preserveExtension: true, // links that every server understands
  dynamicPaths: [
    ...networkPages(study).map(({page}) => `/network-${page}`),
    ...["map", "film"].flatMap((folder) => study.runs.map(({id}) => `/runs/${folder}/${id}.json`))
  ],
  pages: [
    {name: "Data", path: "/data"},
    {name: "Method", path: "/method"},
    {name: "Networks", path: "/networks"},
    {name: "Training", path: "/training"},
    {name: "Results", path: "/results"},
    {name: "Pretraining", path: "/pretraining"},
    ...(isCovidx ? [{name: "Images from elsewhere", path: "/external"}] : []),
    {name: "Ensembles", path: "/ensembles"},
    {name: "Cost", path: "/cost"},
    {name: "Claims", path: "/claims"},
    {name: "Explanations", path: "/explanations"},
    {name: "Tests of explanations", path: "/explanation-tests"},
    {name: "Map", path: "/map"},
    {name: "Limits", path: "/limits"},
    {name: "Predict", path: "/predict"},
    {name: "Reproduce", path: "/reproduce"},
    {name: "Bibliography", path: "/bibliography"}
  ],
  footer:
    `<p class="disclaimer"><strong>Research report. Not for clinical use.</strong> ` +
    `${isCovidx ? stamp(version, root) : `Version ${version}.`}</p>`,
  search: true,
  markdownIt: forDataset(study.dataset.name),
  pager: true,
  toc: {label: "On this page"},
  interpreters: {".ts": [process.execPath, "--import", "tsx"]}
};
