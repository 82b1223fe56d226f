import * as Plot from "@observablehq/plot";
import {ticks} from "d3";

export type ChartOptions = Plot.PlotOptions & {
  /** What the chart is: its accessible name. */
  ariaLabel: string;
  /** What the chart shows, in a sentence, for readers who cannot see it. */
  ariaDescription: string;
};

/** The width below which a chart stacks its panels and shortens its labels. */
export const narrow = 560;

/** Ticks of an axis that counts, at whole numbers alone however few there are. */
export const wholeTicks = (low: number, high: number, about = 6): number[] =>
  ticks(low, high, about).filter(Number.isInteger);

/**
 * A plot that is announced as one picture. Plot labels its marks, which have no role and may therefore bear no label.
 */
export function chart(options: ChartOptions): Element {
  const element = Plot.plot({
    ...options,
    figure: false,
    style: {fontSize: "12px", overflow: "visible", ...(options.style as object)}
  });
  element.setAttribute("role", "img");
  for (const group of element.querySelectorAll("[aria-label]")) {
    group.setAttribute("data-mark", group.getAttribute("aria-label") ?? "");
    group.removeAttribute("aria-label");
  }
  return element;
}
