import {fetchCovidx} from "../lib/dataset/fetch/covidx.js";
import {displayTask} from "../lib/pipeline/progress.js";

/** Fetches COVIDx from its publishers, with progress; what is there and right is kept. */
export async function fetchData(): Promise<void> {
  const {dataset, missing} = await displayTask("data", fetchCovidx);
  const listed = dataset.train.length + dataset.test.length;
  process.stdout.write(`${listed - missing.length} of ${listed} listed images are here. Next: npm run study\n`);
}
