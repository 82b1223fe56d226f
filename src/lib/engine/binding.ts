import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import type {Run} from "./run-command.js";
import {complaint} from "./run-command.js";
import {unavailable} from "./tools.js";

const require = createRequire(import.meta.url);

/** The native module that tfjs-node talks to TensorFlow through. */
export const bindingName = "tfjs_binding.node";

/** Node-API version: the newest that tfjs-node declares, stable since Node 12. */
const napiVersion = 8;

interface CompileOptions {
  compiler: string;
  run: Run;
  /** Holds `tensorflow/` with libraries and headers, and receives the binding. */
  folder: string;
}

/**
 * Compiles the sources that tfjs-node ships against the unpacked libraries and loads the result in a fresh process.
 * The binding finds the libraries relative to itself, so the folder may be moved.
 */
export async function compileBinding({compiler, run, folder}: CompileOptions): Promise<void> {
  const sources = join(dirname(require.resolve("@tensorflow/tfjs-node/package.json")), "binding");
  const headers = join(dirname(require.resolve("node-api-headers/package.json")), "include");
  const binding = join(folder, bindingName);
  const libraries = join(folder, "tensorflow");
  const compiled = await run(compiler, [
    ...["-O2", "-std=c++17", "-shared", "-fPIC", `-DNAPI_VERSION=${napiVersion}`],
    ...["-I", join(libraries, "include"), "-I", headers],
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(sources, file)),
    ...["-o", binding, "-L", libraries, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"],
    "-Wl,-rpath,$ORIGIN/tensorflow"
  ]);
  if (compiled.code !== 0) {
    throw unavailable(
      `${compiler} could not compile the binding:\n${complaint(compiled)}\n `,
      "Use a compiler of C++17 (GCC 9 or newer; name it in CXX), and run the setup again."
    );
  }
  const loaded = await run(process.execPath, ["-e", `require(${JSON.stringify(binding)})`]);
  if (loaded.code !== 0) {
    throw unavailable(
      `the binding was compiled but does not load:\n${complaint(loaded)}\n `,
      "A system older than glibc 2.27 cannot run it; otherwise delete the partial installation and run the setup again."
    );
  }
}
