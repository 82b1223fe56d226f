import {html} from "htl";
import type {AugmentationsArtifact} from "../../../src/report/training/artifact.js";
import {classTitle} from "../shared/classes.js";
import {list, percent, plural, score} from "../shared/format.js";
import {thumbnail} from "../shared/sprite.js";

type Copy = AugmentationsArtifact["copies"][number];

/** One training image and its augmented copies, each with what was done to it. `href` is the address of the sheet. */
export function augmentedCopies(artifact: AugmentationsArtifact, href: string, size = 112): HTMLElement {
  const [original] = artifact.originals;
  const card = (cell: number, label: string, words: string) =>
    html`<li class="image-card">
      ${thumbnail({images: artifact.sheet, href}, cell, {size, label})}
      <p class="remark">${words}</p>
    </li>`;
  return html`<ul class="cards copies" aria-label="A training image and its augmented copies">
    ${card(original.cell, `${nameOf(artifact, original.cell)}, unchanged`, "as it is")}
    ${artifact.copies.map((copy, i) => card(copy.cell, `Augmented copy ${i + 1}`, describeCopy(copy)))}
  </ul>`;
}

/** What was done to a copy: "mirrored, turned by 4.7°, 2 holes". */
export function describeCopy({mirrored, degrees, zoom, warp, brightness, contrast, holes}: Copy): string {
  const words = [
    mirrored && "mirrored",
    degrees !== 0 && `turned by ${score(degrees, 1)}°`,
    zoom !== 1 && `enlarged by ${percent(zoom - 1)}`,
    warp.some((share) => share !== 0) && "warped",
    brightness !== 0.5 && (brightness > 0.5 ? "brighter" : "darker"),
    contrast !== 1 && (contrast > 1 ? "more contrast" : "less contrast"),
    holes > 0 && plural(holes, "hole")
  ];
  return words.filter(Boolean).join(", ") || "nothing was drawn";
}

/** The class of an original. */
export const classOf = ({originals}: AugmentationsArtifact, cell: number) =>
  originals.find((o) => o.cell === cell)!.class;

/** An original in words: "Training image, Viral". */
export const nameOf = (artifact: AugmentationsArtifact, cell: number) =>
  `${artifact.synthetic ? "Drawn image" : "Training image"}, ${classTitle(classOf(artifact, cell))}`;

/** Whose images these are, all originals or some, in a sentence for the caption. */
export const describeOriginals = ({synthetic, dataset, originals}: AugmentationsArtifact, shown = originals): string =>
  synthetic
    ? "The images are drawn, not radiographs: none were present when this report was built."
    : `From the training list of ${dataset}: ` +
      `${list(shown.map(({class: name, row}) => `row ${row} (${classTitle(name)})`))}.`;

/** The copies as rows for the download. */
export const copyRows = ({copies}: AugmentationsArtifact) =>
  copies.map(({cell, warp: [right, left, bottom, top], ...copy}) => ({
    cell,
    ...copy,
    warpRight: right,
    warpLeft: left,
    warpBottom: bottom,
    warpTop: top
  }));
