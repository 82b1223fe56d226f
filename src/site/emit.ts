import {writeFileSync} from "node:fs";
import {parseArgs} from "node:util";
import {encode, exchange, type Exchange, type Loader, type Params} from "./artifact.js";

/** Sends what anybody prints to standard output to standard error instead; returns the way around that. */
function divertOutput(): (bytes: Uint8Array) => Promise<void> {
  const {stdout} = process;
  const write = stdout.write as (bytes: Uint8Array, done: (error?: Error | null) => void) => boolean;
  stdout.write = process.stderr.write.bind(process.stderr);
  return (bytes) =>
    new Promise((resolve, reject) => write.call(stdout, bytes, (error) => (error ? reject(error) : resolve())));
}

// A shim imports this module before its loader, so that not even what the loader's imports print gets into the
// artifact.
const writeOutput = exchange() ? undefined : divertOutput();

/** Alone in a process: parameters from the command line, the artifact to descriptor `LOADER_FD` or standard output. */
function standalone(): Exchange {
  const {values} = parseArgs({strict: false, args: process.argv.slice(2)});
  const descriptor = process.env.LOADER_FD;
  return {
    params: values as Params,
    receive: (bytes) => (descriptor ? writeFileSync(Number(descriptor), bytes) : writeOutput?.(bytes))
  };
}

/** All that a shim does: runs a loader and hands its artifact over, with nothing that was printed mixed in. */
export async function emit(load: Loader): Promise<void> {
  const {params, receive} = exchange() ?? standalone();
  await receive(encode(await load(params)));
}
