import {html} from "htl";
import {imageStrip, type Part, type Selection} from "../shared/image-strip.js";
import type {Sprite} from "../shared/sprite.js";

/** What stands behind a number. */
export interface Behind {
  /** What it is a number of. */
  title: string;
  /** Its counts and its interval, in sentences. */
  words: readonly string[];
  /** The images that it counts. */
  parts?: readonly Part[];
  /** Where more is to be seen. */
  link?: {href: string; title: string};
}

export interface LensOptions {
  sprite?: Sprite;
  /** What shows images at length; without it there is no button for that. */
  choose?: (selection: Selection) => void;
}

const patience = {show: 120, hide: 200}; // ms, so that a pointer may pass by, and may cross the gap to the card

/**
 * A number that says what stands behind it when it is pointed at, focused or tapped; to a screen reader, in its
 * description. Escape closes the card, which lies above the page and moves nothing.
 */
export function lens(label: string | Node, behind: Behind, options: LensOptions = {}): HTMLElement {
  const button = html`<button type="button" class="lens-number" aria-expanded="false"></button>`;
  button.setAttribute("aria-description", behind.words.join(" "));
  button.append(label);
  const root = html`<span class="lens">${button}</span>`;
  let card: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout>;
  function wait(act: () => void, milliseconds: number) {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  }
  function show() {
    clearTimeout(timer);
    if (!card) {
      const made = (card = lensCard(behind, options));
      made.ontoggle = () => button.setAttribute("aria-expanded", String(made.matches(":popover-open")));
      root.append(made);
    }
    card.showPopover();
    // Its place belongs to a window of this size.
    window.addEventListener("resize", hide, {once: true});
    place(card, button.getBoundingClientRect());
  }
  const hide = () => card?.hidePopover();
  function leave() {
    if (!root.contains(document.activeElement)) hide();
  }
  const onMouse = (name: string, act: () => void, milliseconds: number) =>
    root.addEventListener(name, (event) => {
      if ((event as PointerEvent).pointerType === "mouse") wait(act, milliseconds);
    });
  onMouse("pointerenter", show, patience.show);
  onMouse("pointerleave", leave, patience.hide);
  button.addEventListener("click", show);
  button.addEventListener("focus", ({relatedTarget}) => {
    // A card that closes gives the focus back, which is no wish to see it again, and may not show it while it closes.
    if (!root.contains(relatedTarget as Node | null)) show();
  });
  root.addEventListener("focusout", ({relatedTarget}) => {
    if (!root.contains(relatedTarget as Node | null)) hide();
  });
  return root;
}

/** The focus can rest on the card, so that a click into it does not close it. */
function lensCard({title, words, parts = [], link}: Behind, {sprite, choose}: LensOptions): HTMLElement {
  const images = parts.some(({rows}) => rows.length);
  const open = () => choose?.({heading: title, parts});
  return html`<div class="lens-card" popover="auto" tabindex="-1">
    <p class="lens-title">${title}</p>
    ${words.map((line) => html`<p>${line}</p>`)} ${parts.map((part) => imageStrip(part, sprite))}
    ${choose && images ? html`<button type="button" class="more" onclick=${open}>Show these images</button>` : null}
    ${link ? html`<p><a href=${link.href}>${link.title}</a></p>` : null}
  </div>`;
}

/** Below the number, or above it where there is no room; never beyond the window's sides. */
function place(card: HTMLElement, {left, top, bottom}: DOMRect): void {
  const margin = 8;
  const rightmost = document.documentElement.clientWidth - card.offsetWidth - margin;
  const above = top - card.offsetHeight - margin / 2;
  const y = bottom + card.offsetHeight > window.innerHeight && above > 0 ? above : bottom + margin / 2;
  card.style.left = `${window.scrollX + Math.max(margin, Math.min(left, rightmost))}px`;
  card.style.top = `${window.scrollY + y}px`;
}
