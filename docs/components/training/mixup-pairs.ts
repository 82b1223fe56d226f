import {html} from "htl";
import type {AugmentationsArtifact} from "../../../src/report/training/artifact.js";
import {classOf, nameOf} from "./augmentation-sheet.js";
import {classTitle} from "../shared/classes.js";
import {fixed} from "measures";
import {percent} from "../shared/format.js";
import {thumbnail} from "../shared/sprite.js";

type Mix = AugmentationsArtifact["mixes"][number];

/** Pairs of training images and what mixup makes of them, with the shares of both. */
export function mixupPairs(artifact: AugmentationsArtifact, href: string, size = 88): HTMLElement {
  const picture = (cell: number, label: string) => thumbnail({images: artifact.sheet, href}, cell, {size, label});
  return html`<ul class="cards mixes" aria-label="Pairs of training images and their mixes">
    ${artifact.mixes.map(
      (mix) =>
        html`<li class="image-card">
          <div class="mix">
            ${picture(mix.own, nameOf(artifact, mix.own))}<span>+</span>
            ${picture(mix.partner, nameOf(artifact, mix.partner))}<span>=</span>
            ${picture(mix.cell, `Mix of ${describeMix(artifact, mix)}`)}
          </div>
          <p class="remark">${describeMix(artifact, mix)}</p>
        </li>`
    )}
  </ul>`;
}

/** "83.3% Viral and 16.7% Normal" */
const describeMix = (artifact: AugmentationsArtifact, {own, partner, share}: Mix) =>
  `${percent(share)} ${classTitle(classOf(artifact, own))} and ${percent(1 - share)} ` +
  `${classTitle(classOf(artifact, partner))}`;

/** The mixes as rows for the download. */
export const mixRows = (artifact: AugmentationsArtifact) =>
  artifact.mixes.map(({own, partner, share}) => ({
    class: classOf(artifact, own),
    share,
    partnerClass: classOf(artifact, partner),
    partnerShare: Number(fixed(1 - share, 6))
  }));
