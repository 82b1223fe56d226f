import {fork} from "node:child_process";
import {createInterface} from "node:readline";
import {UserError} from "../support/errors.js";
import type {Pipeline} from "./pipeline.js";
import type {Node, PipelineEvent, Result} from "./types.js";

/** Where a worker process finds the nodes: a module that exports `nodes(argument)`. */
export interface NodeSource {
  /** A file URL. */
  module: string;
  /** Plain JSON. */
  argument?: unknown;
}

/** What a worker is told to do. */
export interface Order {
  type: "resolve";
  id: string;
  fresh: boolean;
  source: NodeSource;
  settings: Pipeline["settings"];
}

/** Where a result came from, and what its stage found to be wrong with it. */
export interface Had {
  source: Result<unknown>["source"];
  warning?: string;
}

export const had = ({source, provenance: {facts}}: Result<unknown>): Had => ({
  source,
  ...(facts?.warning !== undefined && {warning: String(facts.warning)})
});

/** What a worker says. */
export type Message =
  | {type: "event"; event: PipelineEvent}
  | ({type: "done"} & Had)
  | {type: "error"; message: string; isUserError: boolean};

/** Resolves a node in a child process of its own; its events come back to the pipeline's. */
export function resolveInWorker(node: Node, fresh: boolean, source: NodeSource, pipeline: Pipeline): Promise<Had> {
  const {emit, settings, signal} = pipeline;
  return new Promise((resolve, reject) => {
    const child = fork(new URL("./worker.ts", import.meta.url), {
      execArgv: ["--import", import.meta.resolve("tsx")],
      stdio: ["ignore", "pipe", "pipe", "ipc"]
    });
    const kill = () => child.kill("SIGKILL");
    const abort = () => child.kill("SIGTERM");
    process.once("exit", kill);
    signal.addEventListener("abort", abort);
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({input: stream}).on("line", (message) => emit({type: "log", id: node.id, message}));
    }
    child.on("message", (message: Message) => {
      if (message.type === "event") emit(message.event);
      else if (message.type === "done") resolve({source: message.source, warning: message.warning});
      else
        reject(
          message.isUserError ? new UserError(message.message) : Object.assign(new Error(), {stack: message.message})
        );
    });
    child.on("error", reject);
    child.on("close", (code, cause) => {
      process.off("exit", kill);
      signal.removeEventListener("abort", abort);
      reject(signal.aborted ? signal.reason : died(node, code, cause)); // does nothing after "done" or "error"
    });
    child.send({type: "resolve", id: node.id, fresh, source, settings} satisfies Order);
  });
}

function died({id}: Node, code: number | null, signal: NodeJS.Signals | null): UserError {
  const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
  const memory = signal === "SIGKILL" ? " A process that takes too much memory is killed so: try fewer jobs." : "";
  return new UserError(`The process that computed ${id} ${how}.`, {
    hint: `Run the same command again: it continues from the last checkpoint.${memory}`
  });
}
