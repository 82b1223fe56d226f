/** How many files are read and decoded at a time: enough to keep sharp's four worker threads fed. */
export const defaultConcurrency = 8;

/**
 * Calls `work(0)` to `work(count - 1)`, at most `limit` at a time, in order of starting. Rejects with the first
 * failure, after which nothing more is started.
 */
export async function concurrently(
  count: number,
  work: (index: number) => Promise<void>,
  limit = defaultConcurrency
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      try {
        await work(next++);
      } catch (error) {
        next = count;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({length: Math.max(1, Math.min(limit, count))}, worker));
}
