import {parseArgs} from "node:util";
import {explainCodeError} from "./lib/support/code-error.js";
import {UserError} from "./lib/support/errors.js";
import {printable} from "./lib/support/printable.js";
import {askedToEnd, endQuietly} from "./lib/support/signals.js";

/** A verb of the command line: what it does, the options it takes, and a function that returns the exit code. */
interface Verb {
  help: string;
  options?: Record<string, {type: "string" | "boolean"; multiple?: boolean; help: string}>;
  positionals?: string;
  run(options: ReturnType<typeof parseArgs>["values"], positionals: string[]): Promise<number | void>;
}

const dataset = {
  dataset: {type: "string", help: "covidx, phantom (synthetic), or the path of a folder of classes"},
  full: {type: "boolean", help: "of phantoms or a small folder the whole study, in place of a first look"}
} as const;
const backend = {
  backend: {type: "string", help: "tensorflow, webgpu, wasm or cpu, in place of the best that works"}
} as const;

const verbs: Record<string, Verb> = {
  doctor: {
    help: "Says what this machine has, which backend will run and why, and whether the study can run.",
    options: {...dataset, ...backend},
    run: async () => (await import("./commands/doctor.js")).doctor((await import("./study.js")).study)
  },
  setup: {
    help: "Installs libtensorflow, so that the fast backend works: setup [cpu|cuda].",
    positionals: "[cpu|cuda]",
    run: async (_, [variant = "cpu"]) => (await import("./commands/setup.js")).setup(variant)
  },
  data: {
    help: "Downloads COVIDx from its publishers into data/raw, or continues an interrupted download.",
    run: async () => (await import("./commands/data.js")).fetchData()
  },
  study: {
    help: "Computes every result of the study that is missing or out of date.",
    options: {
      ...dataset,
      ...backend,
      only: {
        type: "string",
        multiple: true,
        help: "a stage or result, such as training or training/ID, and what it needs"
      },
      jobs: {type: "string", help: "how many independent stages run at a time, in processes of their own (default 1)"},
      fresh: {type: "boolean", help: "compute the targets again even if they have results"},
      publish: {type: "boolean", help: "write the numeric results to data/published"},
      register: {type: "boolean", help: "freeze what the experiments declare, before their runs"},
      explain: {type: "string", help: "run nothing; say why a stage would run or not"}
    },
    run: async (options) => (await import("./commands/study.js")).studyCommand(options)
  },
  weights: {
    help:
      "Writes a run's trained weights to a .safetensors file: weights export RUN FILE. Publishes " +
      "small ones: weights publish.",
    positionals: "export RUN FILE | publish",
    options: {
      float16: {type: "boolean", help: "round to half the size"},
      force: {type: "boolean", help: "write over a file that is there"},
      ...dataset
    },
    run: async (options, positionals) => (await import("./commands/weights.js")).weightsCommand(positionals, options)
  },
  predict: {
    help: "Classifies your own images by a run's network: predict --run RUN FILE_OR_FOLDER.... Research only.",
    positionals: "FILE_OR_FOLDER...",
    options: {
      run: {type: "string", help: "whose network; published ones need neither data nor training"},
      json: {type: "boolean", help: "print one JSON object a line"},
      csv: {type: "boolean", help: "print comma-separated values"},
      ...dataset,
      ...backend
    },
    run: async (options, paths) =>
      (await import("./commands/predict.js")).predictCommand((await import("./study.js")).study, paths, options)
  },
  build: {
    help: "Builds the report into dist/, from the results that are there and what follows from them in seconds.",
    options: {
      ...dataset,
      ...backend,
      train: {type: "boolean", help: "also compute what takes minutes or hours and is missing, as the study would"},
      "no-train": {type: "boolean", help: "take what is there, as without this option"}
    },
    run: async (options) => (await import("./commands/build.js")).buildCommand(options)
  },
  dev: {
    help: "Serves the report and updates the open page as files change.",
    options: {...dataset, ...backend, port: {type: "string", help: "the port to serve on (default 3000)"}},
    run: async ({port}) => {
      const {parsePort} = await import("./site/port.js");
      const chosen = port === undefined ? undefined : parsePort(String(port));
      return (await import("./site/dev.js")).dev({port: chosen});
    }
  },
  serve: {
    help: "Shows the built report of dist/ on this machine.",
    options: {port: {type: "string", help: "the port to serve on (default 8000)"}},
    run: async ({port}) => (await import("./commands/serve.js")).serveCommand(port as string | undefined)
  },
  check: {
    help:
      "Opens every page of dist/ in Chromium, weighs it and fails on errors, outside requests and " +
      "serious accessibility faults.",
    options: {screenshots: {type: "string", help: "a folder to save pictures of the pages in"}},
    run: async ({screenshots}) =>
      (await import("./site/check.js")).check({screenshots: screenshots as string | undefined})
  },
  verify: {
    help: "Checks that this machine computes what other programs do: verify DIR, a folder of reference files.",
    positionals: "DIR",
    options: {json: {type: "boolean", help: "print one JSON object a line"}, ...backend},
    run: async ({json}, [folder]) => (await import("./commands/verify.js")).verifyCommand(folder, {json: Boolean(json)})
  },
  bench: {
    help: "Measures speed and memory: bench NAME; without a name it lists the programs.",
    positionals: "NAME [ARGUMENT...]",
    options: {
      json: {type: "boolean", help: "print one JSON object a line"},
      model: {type: "string", help: "of batches, models and train: a network's id"},
      size: {type: "string", help: "of batches, models and train: the side of the images, in pixels"},
      batch: {type: "string", help: "of batches, models and train: images a step"},
      repeats: {type: "string", help: "of train: turns of every contender (default 3)"},
      ...backend
    },
    run: async (options, positionals) =>
      (await import("../bench/index.js")).bench(positionals, {...options, json: Boolean(options.json)})
  }
};

function usage(name?: string): string {
  if (!name) {
    const lines = Object.entries(verbs).map(([verb, {help}]) => `  npm run ${verb.padEnd(8)} ${help}`);
    return `Usage: npm run VERB -- [options]\n\n${lines.join("\n")}\n`;
  }
  const {help, options = {}, positionals = ""} = verbs[name];
  const lines = Object.entries(options).map(
    ([option, {type, help}]) => `  --${`${option}${type === "string" ? " VALUE" : ""}`.padEnd(20)} ${help}`
  );
  return [`npm run ${name} -- ${positionals}`.trimEnd(), help, ...lines].join("\n") + "\n";
}

async function main([name, ...args]: string[]): Promise<number> {
  const verb = name ? verbs[name] : undefined;
  if (!name || !verb || args.includes("--help")) {
    process.stderr.write(usage(verb && name));
    return args.includes("--help") ? 0 : 2;
  }
  const {values, positionals} = parse(name, verb, args);
  // Child processes and the study's definition read the choice from the environment.
  if (values.dataset) process.env.STUDY_DATASET = String(values.dataset);
  if (values.full) process.env.STUDY_PLAN = "full";
  if (values.backend) process.env.TFJS_BACKEND = String(values.backend);
  if (verb.options && "backend" in verb.options && name !== "doctor") await sayWhatIsHidden();
  return (await verb.run(values, positionals)) ?? 0;
}

/** Whoever computes is told that a slower backend does so for the place of the cache alone. */
async function sayWhatIsHidden(): Promise<void> {
  if (!process.env.CACHE_DIR || process.env.TFJS_BACKEND) return;
  const {hiddenInstallation} = await import("./lib/engine/installation.js");
  const hidden = hiddenInstallation();
  if (hidden) process.stderr.write(`${hidden}\n`);
}

function parse(name: string, {options = {}, positionals}: Verb, args: string[]) {
  try {
    return parseArgs({args, options, allowPositionals: positionals !== undefined, strict: true});
  } catch (error) {
    throw new UserError((error as Error).message, {hint: `Run npm run ${name} -- --help for its options.`});
  }
}

// Whoever reads has read enough, as in `npm run predict | head`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    endQuietly();
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  const error = explainCodeError(thrown);
  const told = error instanceof UserError ? error.message : askedToEnd() ? "" : `${(error as Error).stack}`;
  if (told) process.stderr.write(`${printable(told)}\n`);
  process.exitCode = 1;
}
