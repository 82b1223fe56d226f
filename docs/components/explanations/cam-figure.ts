import {html} from "htl";
import type {CamArtifact} from "../../../src/report/explanations/artifact.js";
import {type CamColumn, camGallery, camLegend, type GalleryOptions} from "./cam-gallery.js";
import {type Cam, methodTitles} from "./cam-list.js";
import {figure} from "../shared/figure.js";
import {plural} from "../shared/format.js";

/** The images of a list under the maps of one or several runs; the list's own are those of the first. */
export function camPictures(cams: readonly Cam[], [first, ...others]: readonly CamColumn[], options: GalleryOptions) {
  const layout = others.length > 0 ? "wide" : options.sprite.images.present ? "" : "single";
  return html`<div class=${`cam-gallery ${layout}`}>
    ${
      cams.length > 0
        ? camGallery([{...first, cams}, ...others], options)
        : html`<p>No test image fits this choice.</p>`
    }
  </div>`;
}

/** The gallery of a run's maps by a method: those that were chosen of all there are. */
export function camFigure(
  {source}: Pick<CamArtifact["runs"][number], "source">,
  selected: readonly Cam[],
  columns: readonly CamColumn[],
  {method, ...options}: GalleryOptions & {method: string}
): HTMLElement {
  const ground = options.sprite.images.present
    ? "On the left the image, beside it the same with its map."
    : "Radiographs were not present when this report was built: the maps lie over a drawn outline, " +
      "which is not the patient’s.";
  const sample =
    method === "grad-cam"
      ? ""
      : " Methods other than Grad-CAM are computed for " +
        `${plural(columns[0].cams.length, "test image")}, as many of every class as there are.`;
  return figure(
    {
      name: "cams",
      title:
        `${methodTitles[method]} maps of ${plural(selected.length, "test image")}, the most confident ` +
        "predictions first",
      caption:
        `${ground} Colour and opacity follow the map, so that what lies below stays visible where ` +
        "there is little evidence. Each map is scaled to its own peak, which is given below it: " +
        `compare places, not brightness, between images.${sample}`,
      source,
      data: () => selected.map(({grid, size, ...rest}) => ({...rest, cells: size, empty: grid === ""}))
    },
    camLegend(),
    camPictures(selected, columns, options)
  );
}
