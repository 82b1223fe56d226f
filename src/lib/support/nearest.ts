/**
 * The names that take the fewest insertions, deletions and substitutions to become `name` (Levenshtein, 1966), nearest
 * first.
 */
export function nearest(name: string, names: readonly string[], count = 3): string[] {
  const distances = new Map(names.map((other) => [other, distance(name.toLowerCase(), other.toLowerCase())]));
  return [...distances.keys()].sort((a, b) => distances.get(a)! - distances.get(b)!).slice(0, count);
}

function distance(a: string, b: string): number {
  let row = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; ++i) {
    const next = [i];
    for (let j = 1; j <= b.length; ++j) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
