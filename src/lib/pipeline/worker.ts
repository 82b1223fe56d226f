import {UserError} from "../support/errors.js";
import {endable, onEnding} from "../support/signals.js";
import {createPipeline} from "./pipeline.js";
import {collect} from "./schedule.js";
import type {Node} from "./types.js";
import {had, type Message, type Order} from "./worker-process.js";

/** The entry point of a worker process: resolves one node and reports to its parent. */
const controller = new AbortController();
const abort = () => controller.abort(new UserError("Interrupted."));
const send = (message: Message) => void (process.connected && process.send?.(message));

// A terminal sends SIGINT and SIGHUP to the whole process group; the parent decides, and sends SIGTERM.
onEnding((signal) => signal === "SIGTERM" && abort());
process.once("disconnect", abort);
process.on("message", (order: Order) => void obey(order).finally(() => process.disconnect?.()));

async function obey({id, fresh, source, settings}: Order): Promise<void> {
  try {
    const {nodes} = (await endable(() => import(source.module))) as {nodes: (argument: unknown) => Node[]};
    const node = collect(nodes(source.argument)).find((candidate) => candidate.id === id);
    if (!node) throw new Error(`${source.module} does not describe ${id}.`);
    const onEvent = (event: Extract<Message, {type: "event"}>["event"]) => send({type: "event", event});
    const pipeline = createPipeline({...settings, signal: controller.signal, onEvent});
    send({type: "done", ...had(await pipeline.resolve(node, {fresh}))});
  } catch (error) {
    const {message, stack = message} = error as Error;
    const isUserError = error instanceof UserError;
    send({type: "error", message: isUserError ? message : stack, isUserError});
  }
}
