import {UserError} from "../src/lib/support/errors.js";
import type {ModelOptions} from "./models.js";

/** The programs of this folder: one question each. */
const programs: Record<string, {question: string; run(args: string[], options: ModelOptions): unknown}> = {
  engine: {
    question: "How fast are convolutions, matrix products and a training step on every backend?",
    run: async (args) => (await import("./engine.js")).benchEngine(args)
  },
  models: {
    question: "What does each network cost: parameters, multiplications, images a second, memory?",
    run: async (_, options) => (await import("./models.js")).benchModels(options)
  },
  tsne: {
    question:
      "How good and how fast is t-SNE on REFERENCE.json's data, in the fields of scikit-learn's and openTSNE's figures?",
    run: async (args) => (await import("./tsne.js")).benchTsne(args)
  }
};

/** Runs a benchmark by name, or lists them. */
export async function bench([name, ...args]: string[], options: ModelOptions): Promise<void> {
  if (!name) {
    const lines = Object.entries(programs).map(([name, {question}]) => `  ${name.padEnd(8)} ${question}`);
    process.stdout.write(`${lines.join("\n")}\n`);
    return;
  }
  const program = programs[name];
  if (!program) {
    throw new UserError(`There is no benchmark "${name}".`, {
      hint: `Choose one of ${Object.keys(programs).join(", ")}.`
    });
  }
  await program.run(options.json ? [...args, "--json"] : args, options);
}
