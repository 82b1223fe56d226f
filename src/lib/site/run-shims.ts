import {layout} from "./layout.js";
import {runSomeLoaders} from "./loaders.js";

/** The entry point of a process that runs the loaders of some shims: the site's root, then the shims' paths. */
const [root, ...paths] = process.argv.slice(2);
await runSomeLoaders(layout(root), new Set(paths));
