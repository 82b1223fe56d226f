import {html} from "htl";
import type {AugmentationsArtifact} from "../../../src/report/training/artifact.js";
import {augmentedCopies, copyRows, describeOriginals} from "./augmentation-sheet.js";
import {cite} from "../shared/cite.js";
import {figure} from "../shared/figure.js";
import {mixRows, mixupPairs} from "./mixup-pairs.js";
import {when} from "../shared/when.js";

/** What training makes of its images: copies of one, and pairs with their mixes where the procedure mixes. */
export const augmentationFigures = (artifact: AugmentationsArtifact, sheet: string): HTMLElement =>
  html`<div>${copies(artifact, sheet)}${when(artifact.mixes.length, () => mixes(artifact, sheet))}</div>`;

const copies = (artifact: AugmentationsArtifact, sheet: string) =>
  figure(
    {
      name: "augmentations",
      title: `The same image ${artifact.copies.length} times, as training sees it`,
      caption:
        `Settings of “${artifact.procedure}”. In every epoch each image is changed anew: each change ` +
        "is drawn by itself, all that move pixels are one map, and the image is resampled once. Beyond " +
        `its border it is reflected. ${describeOriginals(artifact, artifact.originals.slice(0, 1))}`,
      data: copyRows(artifact)
    },
    augmentedCopies(artifact, sheet)
  );

const mixes = (artifact: AugmentationsArtifact, sheet: string) =>
  figure(
    {
      name: "mixup",
      title: "Pairs of images and their mixes",
      caption: html`<span
        >Mixup (${cite("zhang-2018")}) averages two images and their targets; the share is drawn from a Beta
        distribution with both parameters ${artifact.alpha}, and an image’s own share is the larger one. Shown without
        augmentation, which in training comes first. ${describeOriginals(artifact)}</span
      >`,
      data: mixRows(artifact)
    },
    mixupPairs(artifact, sheet)
  );
