import * as Plot from "@observablehq/plot";

export type ChartOptions = Plot.PlotOptions & {
  /** What the chart is: its accessible name. */
  ariaLabel: string;
  /** What the chart shows, in a sentence, for readers who cannot see it. */
  ariaDescription: string;
};

/** The width below which a chart stacks its panels and shortens its labels. */
export const narrow = 560;

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
