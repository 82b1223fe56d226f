import type {Response} from "playwright-core";
import {gzipSync} from "node:zlib";

/** The most that a page may load before anybody has touched it: bytes of script, data, styles and the page itself. */
export const weightLimit = 300_000;

/** Bytes as a server sends them, compressed by gzip. */
export interface Weight {
  /** The page, its scripts, styles and data: what the limit is for. */
  content: number;
  /** One file for all pages, which a browser keeps. */
  fonts: number;
  images: number;
}

const images = /\.(jpe?g|png|svg|webp)$/;

/** Where a file counts. The stylesheet of the fonts holds nothing but them. */
function kindOf(pathname: string): keyof Weight {
  if (/\/fonts\.\w+\.css$/.test(pathname)) return "fonts";
  return images.test(pathname) ? "images" : "content";
}

/** Adds up what has been loaded. */
export async function weigh(responses: readonly Response[]): Promise<Weight> {
  const weight: Weight = {content: 0, fonts: 0, images: 0};
  for (const response of responses.filter((response) => response.ok() && /^http/.test(response.url()))) {
    const kind = kindOf(new URL(response.url()).pathname);
    const body = await response.body();
    weight[kind] += kind === "images" ? body.length : gzipSync(body, {level: 9}).length;
  }
  return weight;
}
