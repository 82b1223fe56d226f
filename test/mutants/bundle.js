import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {build} from "esbuild";

/**
 * Bundles test files into one module each, below a folder, so that importing one again runs all of its modules again,
 * with another mutant. Modules still know where their source lies.
 */
const [outdir, ...entryPoints] = process.argv.slice(2);

const place = {
  name: "place",
  setup({onLoad, onResolve}) {
    onResolve({filter: /^node:test$/}, () => ({path: resolve("test/mutants/harness.js")}));
    onLoad({filter: /[\\/](src|test)[\\/].*\.ts$/}, ({path}) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8").replace(
        /(?<!["'`])import\.meta\.url(?!["'`])/g,
        JSON.stringify(pathToFileURL(path).href)
      )
    }));
  }
};

await build({
  alias: {measures: "./src/lib/measures/index.ts"},
  bundle: true,
  entryPoints,
  format: "esm",
  outbase: ".",
  outdir,
  outExtension: {".js": ".mjs"},
  packages: "external",
  platform: "node",
  plugins: [place]
});
