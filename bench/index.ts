import {UserError} from "../src/lib/support/errors.js";

export interface BenchOptions {
  json: boolean;
  model?: string;
  size?: string;
  batch?: string;
  repeats?: string;
}

/** The programs of this folder: one question each. */
const programs: Record<string, {question: string; run(args: string[], options: BenchOptions): unknown}> = {
  batches: {
    question: "Do batches, in threads and without, keep up with the training of --model at --size and --batch?",
    run: async (_, {json, model = "mobilenetv2_0.35", size, batch = "32"}) =>
      (await import("./batches.js")).benchBatches(
        {model, sizes: size ? [count("size", size)] : [128, 224], batch: count("batch", batch)},
        json
      )
  },
  eigen: {
    question: "How long do the eigenvectors of a matrix of --size rows take, beside ml-matrix?",
    run: async (_, {size = "639"}) => (await import("./eigen.js")).benchEigen(count("size", size))
  },
  engine: {
    question: "How fast are convolutions, matrix products and a training step on every backend?",
    run: async (args) => (await import("./engine.js")).benchEngine(args)
  },
  models: {
    question: "What does each network cost: parameters, multiplications, images a second, memory?",
    run: async (_, {model, size, batch = "16", json}) =>
      (await import("./models.js")).benchModels({
        model,
        sizes: size ? [count("size", size)] : [128, 224],
        batch: count("batch", batch),
        json
      })
  },
  plausibility: {
    question:
      "How much of what is no frontal radiograph does predict flag, and how many radiographs (built " +
      "by the Python that PEERS_PYTHON names)?",
    run: async (_, {json}) => (await import("./plausibility.js")).benchPlausibility(json)
  },
  train: {
    question:
      "How fast does --model train and predict at --size and --batch, compiled, eagerly and in " +
      "PyTorch and Keras, in how much memory?",
    run: async (_, {json, model = "densenet121", size = "128", batch = "16", repeats = "3"}) =>
      (await import("./train.js")).benchTrain({
        model,
        size: count("size", size),
        batch: count("batch", batch),
        repeats: count("repeats", repeats),
        json
      })
  },
  tsne: {
    question:
      "How good and how fast is t-SNE on REFERENCE.json's data, beside scikit-learn and openTSNE (in " +
      "the Python that PEERS_PYTHON names)?",
    run: async (args) => (await import("./tsne.js")).benchTsne(args)
  }
};

/** Runs a benchmark by name, or lists them. */
export async function bench([name, ...args]: string[], options: BenchOptions): Promise<void> {
  if (!name) {
    const lines = Object.entries(programs).map(([name, {question}]) => `  ${name.padEnd(12)} ${question}`);
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

function count(option: string, value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new UserError(`--${option} is ${value}; it must be a whole number from 1.`);
}
