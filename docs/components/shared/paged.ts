import {html} from "htl";
import {plural} from "./format.js";

/** A list that shows its first items and adds as many on demand: long lists of images load fast and stay usable. */
export function pagedList<T>(
  items: readonly T[],
  render: (item: T) => HTMLElement,
  {page = 12, label, noun = "image"}: {page?: number; label: string; noun?: string}
): HTMLElement {
  const list = html`<ul class="cards" aria-label=${label}></ul>`;
  const button = html`<button type="button" class="more" onclick=${() => extend(true)}></button>`;
  let shown = 0;
  function extend(focus = false) {
    const added = items.slice(shown, shown + page).map(render);
    shown += added.length;
    list.append(...added);
    const left = items.length - shown;
    button.hidden = left === 0;
    button.textContent = `Show ${Math.min(page, left)} more (${plural(left, noun)} left)`;
    if (focus && left === 0) (added[0] as HTMLElement | undefined)?.focus();
  }
  extend();
  return html`<div class="paged">${list}${button}</div>`;
}
