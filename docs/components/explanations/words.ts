import {html} from "htl";
import type {ExplanationsArtifact} from "../../../src/report/explanations/artifact.js";
import {agreementRows, describeAgreement} from "./agreement-table.js";
import {attentionRows, describeAttention} from "./attention-chart.js";
import type {testsOf} from "./choices.js";
import {describeFaithfulness} from "./faithfulness-chart.js";
import {regionTitles} from "./mask-outlines.js";
import {describeSanity} from "./sanity-chart.js";

/** What each of the tests says of the maps, in a sentence. Tests without a result are left out. */
export function describeTests(
  {attention, faithfulness, sanity, agreement}: ReturnType<typeof testsOf>,
  runs: ExplanationsArtifact["runs"]
): HTMLElement {
  const opacities = attentionRows(attention, {measure: "energy", trained: false}).filter(
    ({region}) => region === regionTitles.opacities
  );
  const line = (title: string, present: {length: number}, words: () => string) =>
    present.length ? html`<li><b>${title}</b> ${words()}</li>` : null;
  return html`<ul>
    ${line("Do they lie inside the opacities, on images that were not trained on?", opacities, () =>
      describeAttention(opacities)
    )}
    ${line("Does the network need what they mark?", faithfulness, () => describeFaithfulness(faithfulness))}
    ${line("Do they depend on what was learned?", sanity, () => describeSanity(sanity, "spearman"))}
    ${line(
      "Do two networks agree?",
      agreement,
      () => `Rank correlation of their maps: ${describeAgreement(agreementRows(agreement, runs))}.`
    )}
  </ul>`;
}
