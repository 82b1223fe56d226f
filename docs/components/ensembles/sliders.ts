import {html} from "htl";
import type {EnsemblesArtifact} from "../../../src/report/ensembles/artifact.js";
import {percent} from "../shared/format.js";

type Ensembles = Pick<EnsemblesArtifact, "members" | "ways">;

/**
 * A slider for the weight of each member and a button for each way to choose weights; the value are the weights, of sum
 * 1.
 */
export function ensembleSliders({members, ways}: Ensembles): HTMLElement & {value: number[]} {
  const outputs = members.map(() => html`<output></output>`);
  const sliders = members.map(
    ({title}) => html`<input type="range" min="0" max="100" step="1" aria-label=${`Weight of ${title}`} />`
  ) as HTMLInputElement[];
  const buttons = ways.map(
    ({title, weights}) => html`<button type="button" onclick=${() => set(weights)}>${title}</button>`
  );
  const root = Object.assign(
    html`<div class="ensemble-sliders">
      <div class="ensemble-weights">
        ${members.map(({title}, m) => html.fragment`<span>${title}</span><span>${sliders[m]}</span>${outputs[m]}`)}
      </div>
      <div class="ensemble-ways" role="group" aria-label="Weights that were chosen by a rule">${buttons}</div>
    </div>`,
    {value: [] as number[]}
  );
  /** Weights that sum to 1; equal ones where every slider stands at 0. */
  function read() {
    const raw = sliders.map((slider) => Number(slider.value));
    const total = raw.reduce((a, b) => a + b, 0);
    root.value = raw.map((weight) => (total ? weight / total : 1 / raw.length));
    outputs.forEach((output, m) => (output.textContent = percent(root.value[m], 0)));
  }
  /** A rule's weights are taken as they are: sliders have whole steps. */
  function set(weights: number[]) {
    sliders.forEach((slider, m) => (slider.value = String(Math.round(100 * weights[m]))));
    read();
    root.value = [...weights];
    root.dispatchEvent(new CustomEvent("input", {bubbles: true}));
  }
  for (const slider of sliders) slider.addEventListener("input", read);
  set(ways[0]?.weights ?? members.map(() => 1 / members.length));
  return root;
}
