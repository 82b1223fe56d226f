import type {Estimate} from "measures";
import {html} from "htl";
import {estimate, ratio} from "./format.js";
import {type Behind, lens, type LensOptions} from "../lens/lens.js";

export interface ScoreCellOptions extends LensOptions {
  /** The page with the images, where these are not at hand. */
  href?: string;
}

/** A score with its interval behind a lens; below it the counts, where it is a proportion. */
export const scoreCell = (e: Estimate, behind: Behind, {href, ...options}: ScoreCellOptions = {}): HTMLElement =>
  html`<span
    >${lens(estimate(e), {...behind, link: href ? {href, title: "The images behind it"} : undefined}, options)}
    ${e.n ? html`<span class="remark">${ratio(e)}</span>` : null}</span
  >`;
