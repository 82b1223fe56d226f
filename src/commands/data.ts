import {fetchCovidx} from "../lib/dataset/fetch/covidx.js";
import {createDisplay} from "../lib/pipeline/progress.js";

/** Fetches COVIDx from its publishers, with progress; what is there and right is kept. */
export async function fetchData(): Promise<void> {
  const id = "data";
  const display = createDisplay();
  const {dataset, missing} = await fetchCovidx({
    log: (message) => display.onEvent({type: "log", id, message}),
    onProgress: (progress) => display.onEvent({type: "progress", id, progress})
  }).finally(() => display.close());
  const listed = dataset.train.length + dataset.test.length;
  process.stdout.write(`${listed - missing.length} of ${listed} listed images are here. Next: npm run study\n`);
}
