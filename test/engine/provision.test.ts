import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, beforeEach, test} from "node:test";
import {
  describeFiles,
  hiddenInstallation,
  type Installation,
  installationFolder,
  provisioned
} from "../../src/lib/engine/installation.js";
import {nvidiaRequirements, provision, tensorflowVersion} from "../../src/lib/engine/provision.js";
import type {ProvisionOptions} from "../../src/lib/engine/provision.js";
import type {Run} from "../../src/lib/engine/run-command.js";
import type {Progress} from "../../src/lib/support/progress.js";
import {zip} from "../support/zip.js";

/** The files whose content is not what was installed. */
async function changedFiles({folder, files}: Installation): Promise<string[]> {
  const now = new Map((await describeFiles(folder)).map(({path, sha256}) => [path, sha256]));
  return files.flatMap(({path, sha256}) => (now.get(path) === sha256 ? [] : path));
}

const skip = process.platform !== "linux" && "libtensorflow is installed on Linux only";
const cache = mkdtempSync(join(tmpdir(), "provision-"));
process.env.CACHE_DIR = cache;
beforeEach(() => {
  rmSync(cache, {recursive: true, force: true});
  mkdirSync(cache);
});
after(() => rmSync(cache, {recursive: true, force: true}));

const libraries = {
  "tensorflow/libtensorflow_cc.so.2": "the library",
  "tensorflow/libtensorflow_framework.so.2": "its framework",
  "tensorflow/include/tensorflow/c/c_api.h": "// a header",
  "tensorflow/python/not_needed.py": "pass"
};
const metadata = [
  "Requires-Dist: numpy >=1.26",
  'Requires-Dist: nvidia-cudnn-cu12 <10.0,>=9.3 ; extra == "and-cuda"',
  "Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5; extra == 'and-cuda'"
].join("\n");

/** A wheel, and its RECORD of the digests that the files ought to have. */
function wheel(files: Record<string, string> = libraries): Buffer {
  const record = Object.entries(libraries).map(([path, content]) => {
    const digest = createHash("sha256").update(content).digest("base64url");
    return `${path},sha256=${digest},${content.length}`;
  });
  const info = `tensorflow_cpu-${tensorflowVersion}.dist-info`;
  const all = {...files, [`${info}/METADATA`]: metadata, [`${info}/RECORD`]: record.join("\n")};
  return zip(Object.entries(all).map(([name, content]) => ({name, content: Buffer.from(content)})));
}

interface Machine {
  /** Commands that do not exist or fail, by a part of their command line, with what they print. */
  broken?: Record<string, string>;
  download?: Buffer;
}

/** A machine whose pip and compiler write tiny files. `commands` lists what was run. */
function machine({broken = {}, download = wheel()}: Machine = {}) {
  const commands: string[] = [];
  const run: Run = async (command, args) => {
    const line = [command, ...args].join(" ");
    commands.push(line);
    const failure = Object.keys(broken).find((part) => line.includes(part));
    if (failure) return {code: 1, stdout: "", stderr: broken[failure]};
    const value = (option: string) => args.find((arg) => arg.startsWith(option))?.slice(option.length);
    const destination = value("--dest=");
    if (destination) {
      mkdirSync(destination);
      writeFileSync(join(destination, `tensorflow-${tensorflowVersion}-cp311.whl`), download);
    }
    const target = value("--target=");
    if (target) {
      mkdirSync(join(target, "nvidia_cudnn_cu12-9.3.0.75.dist-info"));
      mkdirSync(join(target, "nvidia"));
      writeFileSync(join(target, "nvidia", "libcudnn.so.9"), "cudnn");
    }
    if (args.includes("-o")) writeFileSync(args[args.indexOf("-o") + 1], "the binding");
    return {code: 0, stdout: "", stderr: ""};
  };
  return {run, commands, ran: (part: string) => commands.filter((line) => line.includes(part)).length};
}

const install = (run: Run, options: Partial<ProvisionOptions> = {}) =>
  provision({variant: "cpu", run, freeBytes: () => 1e12, ...options});

test("an installation holds the verified libraries, headers and the binding, and nothing else", {skip}, async () => {
  const {run, commands} = machine();
  const reports: Progress[] = [];
  assert.equal(provisioned("cpu"), undefined);
  const installation = await install(run, {onProgress: (progress) => reports.push(progress)});
  assert.deepEqual(installation.packages, {"tensorflow-cpu": tensorflowVersion});
  assert.deepEqual(
    installation.files.map(({path}) => path).sort(),
    [...Object.keys(libraries).filter((path) => !path.endsWith(".py")), "tfjs_binding.node"].sort()
  );
  assert.deepEqual(readdirSync(installation.folder).sort(), ["manifest.json", "tensorflow", "tfjs_binding.node"]);
  assert.deepEqual(readdirSync(join(cache, "libtensorflow")), ["cpu"]);
  assert.deepEqual(provisioned("cpu"), installation);
  assert.deepEqual(await changedFiles(installation), []);
  assert.ok(reports.length > 0 && reports.every(({done, total}) => done <= total));
  assert.match(
    commands.find((line) => line.includes(" download "))!,
    /--python-version=3\.11.* tensorflow-cpu==2\.21\.0/
  );
  assert.match(
    commands.find((line) => line.includes(" -o "))!,
    /-DNAPI_VERSION=8.*-rpath,\$ORIGIN\/tensorflow/
  );
  assert.match(commands.at(-1)!, /-e require\(/);
});

test("a complete installation is taken as it is", {skip}, async () => {
  await install(machine().run);
  const {run, commands} = machine();
  await install(run);
  assert.deepEqual(commands, []);
});

test("all that is missing is named at once, with what happens instead", {skip}, async () => {
  const {run} = machine({broken: {"-m pip --version": "No module named pip", "g++ --version": "not found"}});
  await assert.rejects(install(run), /not found: pip \(python3 -m pip\), a C\+\+ compiler \(g\+\+\).*`wasm`/s);
  const noPython = machine({broken: {"python3 --version": "not found"}});
  await assert.rejects(install(noPython.run), {name: "UserError", message: /Python \(python3\).*apt-get install/s});
});

test("too little disk space is found out before anything is fetched", {skip}, async () => {
  const {run, ran} = machine();
  await assert.rejects(install(run, {freeBytes: () => 2e8}), /takes 1\.5 GB of disk space, 0\.2 GB are free/);
  assert.equal(ran(" download "), 0);
});

test("a failed download shows pip's complaint", {skip}, async () => {
  const {run} = machine({broken: {" download ": "ERROR: No matching distribution found"}});
  await assert.rejects(install(run), /pip could not fetch tensorflow-cpu:\s+ERROR: No matching distribution/);
  assert.equal(provisioned("cpu"), undefined);
});

for (const [step, broken, complaint] of [
  ["the compiler", " -o ", /could not compile/],
  ["the binding's first load", "-e require", /does not load/]
] as const) {
  test(`when ${step} fails, nothing counts as installed and the next try keeps the download`, {skip}, async () => {
    await assert.rejects(install(machine({broken: {[broken]: "broken"}}).run), complaint);
    assert.equal(provisioned("cpu"), undefined);
    const {run, ran} = machine();
    await install(run);
    assert.equal(ran(" download "), 0);
    assert.ok(provisioned("cpu"));
  });
}

test("half a download, left by a killed run, is fetched anew", {skip}, async () => {
  const arriving = join(`${installationFolder("cpu")}.partial`, "arriving");
  mkdirSync(arriving, {recursive: true});
  writeFileSync(join(arriving, "half.whl"), "PK");
  const {run, ran} = machine();
  await install(run);
  assert.equal(ran(" download "), 1);
});

for (const [what, download] of [
  ["whose library differs from its record", wheel({...libraries, "tensorflow/libtensorflow_cc.so.2": "another"})],
  ["that is cut off", wheel().subarray(0, 200)],
  ["without the libraries", wheel({"tensorflow/python/not_needed.py": "pass"})]
] as const) {
  test(`a wheel ${what} is refused, and fetched anew by the next try`, {skip}, async () => {
    await assert.rejects(install(machine({download}).run), {name: "UserError", message: /is damaged/});
    assert.equal(provisioned("cpu"), undefined);
    const {run, ran} = machine();
    await install(run);
    assert.equal(ran(" download "), 1);
  });
}

test("an installation that a cache elsewhere hides is told, until there is one too", {skip}, async () => {
  await install(machine().run);
  assert.equal(hiddenInstallation(cache), undefined, "nothing is hidden where the cache is");
  process.env.CACHE_DIR = mkdtempSync(join(tmpdir(), "elsewhere-"));
  try {
    assert.match(
      hiddenInstallation(cache) ?? "",
      /CACHE_DIR is .*elsewhere.*a slower backend computes until npm run setup/
    );
    assert.equal(hiddenInstallation(join(cache, "none")), undefined, "nor where there is none");
    await install(machine().run);
    assert.equal(hiddenInstallation(cache), undefined);
  } finally {
    process.env.CACHE_DIR = cache;
  }
});

test(
  "an installation that lost bytes does not count, one with other bytes of the same number is found out",
  {skip},
  async () => {
    const installation = await install(machine().run);
    writeFileSync(installation.binding, "the Binding");
    assert.deepEqual(await changedFiles(provisioned("cpu")!), ["tfjs_binding.node"]);
    truncateSync(join(installation.folder, "tensorflow", "libtensorflow_cc.so.2"), 3);
    assert.equal(provisioned("cpu"), undefined);
    await install(machine().run);
    assert.deepEqual(await changedFiles(provisioned("cpu")!), []);
  }
);

test("for CUDA, NVIDIA's libraries of the wheel's own list are installed beside TensorFlow's", {skip}, async () => {
  const {run, commands} = machine();
  const {files, packages, folder} = await install(run, {variant: "cuda"});
  assert.deepEqual(packages, {tensorflow: tensorflowVersion, "nvidia-cudnn-cu12": "9.3.0.75"});
  assert.ok(files.some(({path}) => path === join("nvidia", "libcudnn.so.9")));
  const pip = commands.find((line) => line.includes("pip install"))!;
  for (const requirement of nvidiaRequirements(metadata)) assert.ok(pip.includes(requirement));
  assert.ok(existsSync(join(folder, "tensorflow", "libtensorflow_cc.so.2")));
});

test("NVIDIA's requirements are read from METADATA", () => {
  assert.deepEqual(nvidiaRequirements(metadata), ["nvidia-cudnn-cu12 <10.0,>=9.3", "nvidia-cublas-cu12<13.0,>=12.5"]);
});
