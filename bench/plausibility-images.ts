import {spawnSync} from "node:child_process";
import {copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {extname, join} from "node:path";
import {fileURLToPath} from "node:url";
import sharp from "sharp";
import {decodeGrey} from "../src/lib/dataset/decode.js";
import {openDataset} from "../src/lib/dataset/open.js";
import type {Example} from "../src/lib/dataset/types.js";
import type {Pipeline} from "../src/lib/pipeline/index.js";
import {UserError} from "../src/lib/support/errors.js";
import {directories} from "../src/lib/support/paths.js";
import {shuffle, stream} from "../src/lib/measures/random.js";
import {inventory} from "../src/report/data/dataset.js";
import {calibrating, evenPatients} from "../src/report/predict/outlier-calibration.js";
import {parts} from "../src/report/predict/plausibility.js";

/** Files by part and by collection or kind. */
type Files = Record<(typeof parts)[number], Record<string, string[]>>;

/** Radiographs of each collection of which altered copies are built. */
const changedOf = 25;
const seed = 2;

/**
 * Lays out radiographs and what is none in a folder, as `openPlausibility` reads it; it is there only when it is whole.
 * @throws UserError where data, Python or its packages NumPy, SciPy and Pillow are not here
 */
export async function buildImages(folder: string, pipeline: Pipeline): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, {recursive: true, force: true});
  const frontal = await findFrontal(pipeline);
  for (const part of parts) {
    for (const [name, paths] of Object.entries(frontal[part])) {
      const target = join(draft, part, "frontal", name);
      mkdirSync(target, {recursive: true});
      paths.forEach((path, i) => copyFileSync(path, join(target, `${String(i).padStart(4, "0")}${extname(path)}`)));
    }
  }
  const work = join(draft, "work");
  mkdirSync(work);
  const changed: Files = {development: some(frontal.development), test: some(frontal.test)};
  for (const part of parts) changed[part].phantom = await drawPhantoms(work, part);
  const sources = join(work, "radiographs.json");
  writeFileSync(sources, JSON.stringify({changed, otherViews: otherViews()}));
  runBuilder(draft, sources);
  rmSync(work, {recursive: true});
  renameSync(draft, folder);
}

/**
 * Frontal radiographs: of "test" neither the network nor a limit nor any choice has seen one, nor, as far as their
 * collections tell, another of its patient.
 */
async function findFrontal(pipeline: Pipeline): Promise<Files> {
  const found: Files = {development: {}, test: {}};
  for (const name of ["covidx", "figure1"] as const) found.test[name] = here((await openDataset({name})).test);
  for (const name of calibrating) {
    const {test} = await openDataset({name});
    const even = evenPatients((await pipeline.resolve(inventory({study: {dataset: {name}}}))).value);
    found.development[name] = here(test.filter(({row}) => even.has(row)));
    found.test[name] = here(test.filter(({row}) => !even.has(row)));
  }
  return found;
}

const here = (examples: readonly Example[]) => examples.map(({path}) => path).filter((path) => existsSync(path));

const some = (collections: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(collections).map(([name, paths]) => [
      name,
      shuffle([...paths], stream(seed, name)).slice(0, changedOf)
    ])
  );

async function drawPhantoms(folder: string, part: (typeof parts)[number]): Promise<string[]> {
  const size = 512;
  const {[part === "test" ? "test" : "train"]: phantoms} = await openDataset({
    name: "phantom",
    train: 3,
    test: 3,
    size,
    seed
  });
  return Promise.all(
    phantoms.map(async (example) => {
      const path = join(folder, `${example.id.file}.png`);
      const {pixels} = await decodeGrey(example, size);
      await sharp(pixels, {raw: {width: size, height: size, channels: 1}})
        .png()
        .toFile(path);
      return path;
    })
  );
}

/**
 * Lateral radiographs and slices of CT, by patient as far as names tell: what an article shows as a, b, c is of one.
 */
function otherViews(): Record<string, Files[keyof Files]> {
  const folder = join(directories.external(), "cohen", "other-views");
  const kinds = {"lateral radiograph": /^lateral-/, "CT slice": /^ct-[a-z]+-/};
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, prefix]) => {
      const own = files.filter((file) => prefix.test(file));
      const caseOf = (file: string) =>
        file
          .replace(prefix, "")
          .replace(/\.\w+$/, "")
          .replace(/-\w{1,3}$/, "");
      const cases = [...new Set(own.map(caseOf))];
      const of = (odd: number) =>
        own.filter((file) => cases.indexOf(caseOf(file)) % 2 === odd).map((file) => join(folder, file));
      return [kind, {development: of(0), test: of(1)}];
    })
  );
}

function runBuilder(folder: string, sources: string): void {
  const python = process.env.PEERS_PYTHON ?? "python3";
  const program = fileURLToPath(new URL("no-radiographs.py", import.meta.url));
  const {status, error} = spawnSync(python, [program, folder, sources], {stdio: ["ignore", "inherit", "inherit"]});
  if (!error && status === 0) return;
  throw new UserError(`${python} could not build what is no radiograph.`, {
    hint:
      "Set PEERS_PYTHON to a Python that has numpy, scipy and Pillow; bench/no-radiographs.py names " +
      "what else it takes."
  });
}
