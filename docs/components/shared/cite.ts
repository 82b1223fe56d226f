import {html} from "htl";
import {list} from "./format.js";
import {references, type Work} from "./references.js";

/** The work with that id. Throws where there is none. */
function workOf(id: string): Work {
  const work = references.find((one) => one.id === id);
  if (!work) throw new Error(`There is no work ${id} in references.ts.`);
  return work;
}

/** Where a work can be read. */
export const address = ({doi, url}: Work): string => (doi ? `https://doi.org/${encodeURI(doi)}` : (url ?? ""));

/** What a text calls a work: "Raghu et al. 2019". */
export function shortName({authors, year, letter = ""}: Work): string {
  const names = authors.length > 2 ? `${authors[0]} et al.` : authors.join(" & ");
  return `${names} ${year}${letter}`;
}

/** A citation: author and year, which lead to the bibliography. Throws where there is no such work. */
export function cite(id: string): HTMLElement {
  const work = workOf(id);
  return html`<a class="cite" href=${`./bibliography.html#${id}`} title=${work.title}>${shortName(work)}</a>`;
}

/** One work of the bibliography, with its address. */
const entry = (work: Work): HTMLElement =>
  html`<li id=${work.id}>
    ${list([...work.authors])} (${work.year}${work.letter ?? ""}). <cite>${work.title}.</cite> ${work.venue}.
    <a href=${address(work)}>${work.doi ? `doi:${work.doi}` : new URL(address(work)).hostname}</a>
  </li>`;

/** All works, as a list whose entries have anchors. */
export const bibliography = (works: readonly Work[] = references): HTMLElement =>
  html`<ol class="bibliography">
    ${works.map(entry)}
  </ol>`;
