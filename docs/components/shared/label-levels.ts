import {ascending, descending} from "d3";

/** Of a small sans-serif letter, in pixels: an upper estimate, since the page's font is not known here. */
const letter = 7;

/**
 * Whether a label runs from its point to the right or to the left, and on which line above the plot it stands, counted
 * from below.
 */
export interface Placed {
  anchor: "start" | "end";
  level: number;
}

/**
 * Lines for labels of points at `x`, in pixels, to which a rule leads down: each on the lowest where it has room. They
 * run to the right from the last to the first, those without room there to the left from the first to the last, each
 * above the rules that would cross it.
 */
export function labelLevels(labels: readonly {x: number; text: string}[], width: number): Placed[] {
  const lines: [number, number][][] = [];
  const placed = new Array<Placed>(labels.length);
  const size = ({text}: {text: string}) => letter * (text.length + 1);
  const fits = (i: number) => labels[i].x + size(labels[i]) <= width;
  const at = (i: number) => labels[i].x;
  const all = labels.map((_, i) => i);
  const [toRight, toLeft] = [all.filter(fits), all.filter((i) => !fits(i))];
  for (const i of [
    ...toLeft.sort((a, b) => ascending(at(a), at(b))),
    ...toRight.sort((a, b) => descending(at(a), at(b)))
  ]) {
    const [from, to] = fits(i) ? [at(i), at(i) + size(labels[i])] : [at(i) - size(labels[i]), at(i)];
    // Above all rules that lead down through its own letters.
    const least = Math.max(
      -1,
      ...all.filter((j) => placed[j] && at(j) > from && at(j) < to).map((j) => placed[j].level)
    );
    const free = lines.findIndex((line, i) => i > least && line.every(([start, end]) => to <= start || end <= from));
    const level = free < 0 ? lines.push([]) - 1 : free;
    lines[level].push([from, to]);
    placed[i] = {anchor: fits(i) ? "start" : "end", level};
  }
  return placed;
}
