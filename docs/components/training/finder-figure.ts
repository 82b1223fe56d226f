import {html} from "htl";
import type {FinderArtifact} from "../../../src/report/training/artifact.js";
import type {Source} from "../../../src/report/shared/source.js";
import {fromColumns} from "../shared/csv.js";
import {figure} from "../shared/figure.js";
import {describeFinder, finderPlot} from "./finder-plot.js";

/** The searches for a learning rate before the phases of a run; `panel` gives a chart its title and width. */
export function finderFigure(
  finders: readonly FinderArtifact[],
  source: Source,
  panel: (title: string, chart: (width: number) => Node) => Node
): HTMLElement {
  const described = finders.map(describeFinder).join(" ");
  return figure(
    {
      name: "finder",
      title: "Learning-rate finder",
      caption: html`Before a phase, the rate grows from step to step until the loss diverges (Smith 2017); the weights
      are then put back. The rule marks where the smoothed loss falls fastest. ${described}`,
      source,
      data: () =>
        finders.flatMap(({phase, rates, losses, smoothed}) =>
          fromColumns({phase: rates.map(() => phase), rates, losses, smoothed})
        )
    },
    html`<div class="panels">
      ${finders.map((finder) => panel(`Phase “${finder.phase}”`, (width) => finderPlot(finder, {width})))}
    </div>`
  );
}
