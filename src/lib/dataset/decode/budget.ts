/** Lets work begin only while all that is under way holds at most so many bytes. */
export interface Budget {
  limit: number;
  /** Waits its turn, works, and gives the bytes back. More than the limit waits for ever: ask before. */
  hold<T>(bytes: number, work: () => Promise<T>): Promise<T>;
}

/** Work starts in the order of asking, so that what is large is not overtaken for ever by what is small. */
export function createBudget(limit: number): Budget {
  const waiting: {bytes: number; start: () => void}[] = [];
  let held = 0;
  const admit = () => {
    while (waiting.length > 0 && held + waiting[0].bytes <= limit) {
      const {bytes, start} = waiting.shift()!;
      held += bytes;
      start();
    }
  };
  return {
    limit,
    async hold(bytes, work) {
      await new Promise<void>((start) => {
        waiting.push({bytes, start});
        admit();
      });
      try {
        return await work();
      } finally {
        held -= bytes;
        admit();
      }
    }
  };
}
