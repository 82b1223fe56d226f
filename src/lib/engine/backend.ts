import * as tf from "@tensorflow/tfjs";
import {UserError} from "../support/errors.js";
import {type BackendName, backendNames, type Device, type LoadOptions} from "./backend-names.js";
import {describeProcessor} from "./describe.js";
import "./fused.js";
import {loaders} from "./loaders.js";
import {runCommand} from "./run-command.js";

export type {BackendName} from "./backend-names.js";
export {backendNames} from "./backend-names.js";

/** What came of trying a backend. */
export interface Attempt {
  name: BackendName;
  works: boolean;
  /** Why it does not work, or what shows that it does. */
  reason: string;
  device?: string;
  threads?: number;
}

/** The backend that computes, for the provenance of every result. */
export interface Backend {
  name: BackendName;
  /** The name of the processor or GPU. */
  device: string;
  /** Threads it computes with; absent on a GPU. */
  threads?: number;
  /** Why this one and no other. */
  reason: string;
  /** The ones that were tried, in order. */
  attempts: Attempt[];
}

export interface BackendOptions {
  /** The only one to try; default: the environment variable TFJS_BACKEND, or else the best that works. */
  force?: BackendName | string;
  /** Receives the choice and its reason, once. */
  log?: (line: string) => void;
}

let chosen: Promise<Backend> | undefined;

/**
 * Activates the best backend that really works, found by trying: it is loaded and a small convolution must give the
 * right values. Later calls return the same one. Throws a UserError for an unknown name, for a forced one that does not
 * work (listing what does), and for another one than is active already.
 */
export async function useBackend({force, log}: BackendOptions = {}): Promise<Backend> {
  const wish = parseName(force || process.env.TFJS_BACKEND || undefined);
  const first = !chosen;
  chosen ??= choose(wish, force ? "asked for" : "asked for by TFJS_BACKEND");
  try {
    const backend = await chosen;
    if (wish && wish !== backend.name) {
      throw new UserError(`The backend ${backend.name} is active already; ${wish} needs a process of its own.`);
    }
    if (first) log?.(`Computing with ${backend.name} on ${backend.device}: ${backend.reason}`);
    return backend;
  } catch (error) {
    if (first) chosen = undefined;
    throw error;
  }
}

/**
 * Tries every backend, each in a process of its own, so that none is active afterwards and a crash is only a result.
 */
export const probeBackends = (names: readonly BackendName[] = backendNames): Promise<Attempt[]> =>
  Promise.all(names.map(probe));

/**
 * Loads and activates a backend and checks its arithmetic. Never throws. A `webgpu` that the processor only emulates
 * counts where it is asked for: by `emulated`, or by TFJS_BACKEND.
 */
export async function tryBackend(
  name: BackendName,
  {emulated = process.env.TFJS_BACKEND === name}: LoadOptions = {}
): Promise<Attempt> {
  try {
    const {note, ...device}: Device = await loaders[name]({emulated});
    if (!(await tf.setBackend(name))) throw new Error("TensorFlow.js could not initialise it");
    await tf.ready();
    await checkConvolution();
    return {name, works: true, reason: ["works", note].filter(Boolean).join(": "), ...device};
  } catch (error) {
    return {name, works: false, reason: (error as Error).message.split("\n")[0]};
  }
}

async function choose(wish: BackendName | undefined, why: string): Promise<Backend> {
  const attempts: Attempt[] = [];
  for (const name of wish ? [wish] : backendNames) {
    const attempt = await tryBackend(name, {emulated: name === wish});
    attempts.push(attempt);
    const {device, threads, works, reason} = attempt;
    if (!works) continue;
    const before = wish ? [why] : attempts.slice(0, -1).map(({name, reason}) => `${name} does not work, ${reason}`);
    const reasons = [...before, `${name} ${reason}`].join("; ");
    return {name, device: device ?? describeProcessor().name, ...(threads && {threads}), reason: reasons, attempts};
  }
  throw await refusal(attempts);
}

async function refusal(attempts: Attempt[]): Promise<UserError> {
  const others = await probeBackends(backendNames.filter((name) => attempts.every((attempt) => attempt.name !== name)));
  const lines = others.map(({name, works, reason, device}) => `  ${name}: ${works ? `${reason}, ${device}` : reason}`);
  const [{name, reason}] = attempts;
  return new UserError([`The backend ${name} does not work here: ${reason}.`, "The others:", ...lines].join("\n"), {
    hint: "Leave the backend out to take the best that works."
  });
}

function parseName(name: string | undefined): BackendName | undefined {
  if (name === undefined || (backendNames as readonly string[]).includes(name)) return name as BackendName | undefined;
  throw new UserError(`There is no backend "${name}".`, {hint: `Choose one of ${backendNames.join(", ")}, or none.`});
}

async function checkConvolution() {
  const result = tf.tidy(() => {
    const image = tf.tensor4d(
      Array.from({length: 16}, (_, i) => i),
      [1, 4, 4, 1]
    );
    return tf.conv2d(image, tf.ones([3, 3, 1, 1]) as tf.Tensor4D, 1, "valid");
  });
  const values = Array.from(await result.data());
  result.dispose();
  const right = [45, 54, 81, 90];
  if (right.some((value, i) => !(Math.abs(values[i] - value) < 1e-2))) {
    throw new Error(`a convolution gave [${values}] instead of [${right}]`);
  }
}

const marker = "backend probe: ";

async function probe(name: BackendName): Promise<Attempt> {
  const program = `const {tryBackend} = await import(${JSON.stringify(import.meta.url)});
    console.log(${JSON.stringify(marker)} + JSON.stringify(await tryBackend(${JSON.stringify(name)})));
    process.exit(0);`;
  const loader = import.meta.resolve("tsx");
  const {stdout, stderr} = await runCommand(process.execPath, [
    "--import",
    loader,
    "--input-type=module",
    "-e",
    program
  ]);
  const line = stdout.split("\n").find((line) => line.startsWith(marker));
  if (line) return JSON.parse(line.slice(marker.length)) as Attempt;
  return {name, works: false, reason: `its process ended: ${stderr.trim().split("\n").at(-1) ?? ""}`};
}
