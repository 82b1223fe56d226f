/** The same work in other frameworks, by a program that is no part of this repository: REFERENCE_DIR/peers/train.py. */
import {existsSync} from "node:fs";
import {join} from "node:path";
import type {Run} from "../src/lib/engine/run-command.js";

/** The frameworks, and what `pip` must install for each. */
const packages = {torch: "torch==2.13.0", keras: "tensorflow-cpu==2.21.0"} as const;

export type OtherFramework = keyof typeof packages;
export const otherFrameworks = Object.keys(packages) as OtherFramework[];

export interface Command {
  command: string;
  args: string[];
}

/** How to time a framework here, or what is missing for it. */
export async function locateFramework(
  framework: OtherFramework,
  {model, size, batch}: {model: string; size: number; batch: number},
  run: Run
): Promise<Command | {missing: string}> {
  const {REFERENCE_DIR = "", PEERS_PYTHON: python = "python3"} = process.env;
  const program = join(REFERENCE_DIR, "peers", "train.py");
  if (!REFERENCE_DIR || !existsSync(program)) return {missing: "set REFERENCE_DIR to the folder of peers/train.py"};
  const look = `import importlib.util, sys; sys.exit(not importlib.util.find_spec("${framework}"))`;
  if ((await run(python, ["-c", look])).code !== 0) {
    return {missing: `pip install ${packages[framework]} for ${python}, or name another Python in PEERS_PYTHON`};
  }
  return {command: python, args: [program, framework, model, `${size}`, `${batch}`]};
}
