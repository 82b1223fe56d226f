import {relative} from "node:path";
import {fileOf} from "./serve.js";
import type {Visit} from "./visit.js";

/**
 * Links of visited pages that lead to no file of the site, or to a place that a visited page does not have: a line
 * each.
 */
export function deadLinks(site: string, pages: ReadonlyMap<string, Pick<Visit, "links" | "ids">>): string[] {
  const ids = new Map([...pages].map(([path, {ids}]) => [path, new Set(ids)]));
  const isDead = (link: string) => {
    const {pathname, hash} = new URL(link);
    const file = fileOf(site, decodeURIComponent(pathname));
    const places = file && ids.get(relative(site, file));
    const place = decodeURIComponent(hash.slice(1));
    return !file || (place && places && !places.has(place));
  };
  return [...pages].flatMap(([path, {links}]) =>
    [...new Set(links)].filter(isDead).map((link) => `${path} leads to ${link}, which is not there`)
  );
}
