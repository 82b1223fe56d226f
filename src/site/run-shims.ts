import {createPipeline, share} from "../lib/pipeline/index.js";
import {createDisplay} from "../lib/pipeline/progress.js";
import {layout} from "./layout.js";
import {runSomeLoaders} from "./loaders.js";

/**
 * The entry point of a process that runs the loaders of some shims for the preview: the site's root, then the shims'
 * paths. Who edits waits for minutes, such as for new predictions of a trained network, and sees how far they are.
 */
const [root, ...paths] = process.argv.slice(2);
const display = createDisplay(process.stderr, undefined, {brief: true});
share(createPipeline({effort: "minutes", onEvent: display.onEvent}));
await runSomeLoaders(layout(root), new Set(paths));
display.close();
