/** What does each network cost? `npm run bench -- models [--model m] [--size s] [--batch b] [--json]` */
import {fileURLToPath} from "node:url";
import {useBackend} from "../src/lib/engine/backend.js";
import {complaint, runCommand} from "../src/lib/engine/run-command.js";
import {profile} from "../src/lib/models/profile.js";
import {architecture, modelIds} from "../src/lib/models/registry.js";
import {UserError} from "../src/lib/support/errors.js";

/** One measurement: a pass over batches of square images. */
export interface Task {
  model: string;
  /** Side, in pixels. */
  size: number;
  batch: number;
  pass: "forward" | "train";
}

interface Measured {
  imagesPerSecond: number;
  /** Of the whole process, in bytes of main memory; a GPU's own memory is not in it. */
  peakMemory: number;
  backend: string;
  device: string;
}

/** A network at one size. A pass that did not end says why. */
export interface ModelRow extends Omit<Task, "pass"> {
  /** Trainable, with the head of four classes. */
  parameters: number;
  macs: number;
  forward: Measured | {failed: string};
  train: Measured | {failed: string};
}

/** Measures networks one after the other, every pass in a process of its own. */
export async function* measureModels(options: {models: readonly string[]; sizes: readonly number[]; batch: number}) {
  const {models, sizes, batch} = options;
  await useBackend();
  for (const model of models) {
    for (const size of sizes) {
      const {body, head} = profile(architecture(model), {size, classes: 4});
      const counts = {parameters: body.parameters + head.parameters, macs: body.macs + head.macs};
      const [forward, train] = [
        await measure({model, size, batch, pass: "forward"}),
        await measure({model, size, batch, pass: "train"})
      ];
      yield {model, size, batch, ...counts, forward, train} satisfies ModelRow;
    }
  }
}

async function measure(task: Task): Promise<Measured | {failed: string}> {
  process.stderr.write(`${task.model}, ${task.size} pixels, batch ${task.batch}: ${task.pass}\n`);
  const program = fileURLToPath(new URL("measure-model.ts", import.meta.url));
  const loader = ["--import", import.meta.resolve("tsx")];
  const outcome = await runCommand(process.execPath, [...loader, program, JSON.stringify(task)]);
  if (outcome.code !== 0) return {failed: complaint(outcome, 1)};
  return JSON.parse(outcome.stdout.trim().split("\n").at(-1)!) as Measured;
}

const columns: [string, (row: ModelRow) => string][] = [
  ["model", ({model}) => model],
  ["size", ({size}) => String(size)],
  ["parameters (M)", ({parameters}) => (parameters / 1e6).toFixed(2)],
  ["MACs (G)", ({macs}) => (macs / 1e9).toFixed(3)],
  ["forward img/s", ({forward}) => speed(forward)],
  ["forward GB", ({forward}) => memory(forward)],
  ["train img/s", ({train}) => speed(train)],
  ["train GB", ({train}) => memory(train)]
];

const speed = (pass: ModelRow["train"]) => ("failed" in pass ? "failed" : pass.imagesPerSecond.toFixed(1));
const memory = (pass: ModelRow["train"]) => ("failed" in pass ? "" : (pass.peakMemory / 1e9).toFixed(2));

/** Draws the rows as a table; what failed is explained below it. */
export function formatModels(rows: ModelRow[]): string {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, value]) => value(row)))];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i].length)));
  const pad = (cell: string, i: number) => (i > 0 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]));
  const failures = rows.flatMap(({model, size, ...passes}) =>
    (["forward", "train"] as const).flatMap((pass) => {
      const found = passes[pass];
      return "failed" in found ? [`${model}, ${size}, ${pass}: ${found.failed}`] : [];
    })
  );
  return [...cells.map((line) => line.map(pad).join("  ")), ...failures].join("\n");
}

export interface ModelOptions {
  /** One network in place of all. */
  model?: string;
  sizes: readonly number[];
  batch: number;
  json: boolean;
}

/** Measures every network, or the one that is named, at every size; JSON is one object a line. */
export async function benchModels({model, sizes, batch, json}: ModelOptions): Promise<void> {
  if (model && !modelIds.includes(model)) {
    throw new UserError(`There is no network "${model}".`, {hint: `Choose one of ${modelIds.join(", ")}.`});
  }
  const rows: ModelRow[] = [];
  for await (const row of measureModels({models: model ? [model] : modelIds, sizes, batch})) {
    rows.push(row);
    if (json) console.log(JSON.stringify(row));
  }
  if (!json) console.log(formatModels(rows));
}
