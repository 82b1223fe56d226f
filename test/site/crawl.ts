import {serve, type ServeOptions} from "../../src/site/serve.js";

/** How static hosts differ: where the site lies, and whether they know a page without its extension. */
export const hosts: readonly ServeOptions[] = [
  {base: "/", clean: false},
  {base: "/", clean: true},
  {base: "/some/path/", clean: false},
  {base: "/some/path/", clean: true}
];

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]);

/**
 * What a file of a site refers to: links, styles and pictures of a page, what it attaches, what a script imports or a
 * style takes.
 */
function references(type: string, text: string): string[] {
  if (type.startsWith("text/html")) {
    const markup = text.replace(/<script\b[^>]*>[^]*?<\/script>/g, (script) =>
      script.slice(0, script.indexOf(">") + 1)
    );
    return [...all(markup, /\s(?:href|src)="([^"]+)"/g), ...all(text, /"path":"([^"]+)"/g), ...imports(text)];
  }
  if (type.startsWith("text/javascript")) return imports(text);
  return type.startsWith("text/css") ? all(text, /url\(["']?([^"')]+)/g) : [];
}

/** Static imports; what Framework's client would load on demand is left alone. */
const imports = (text: string) => all(text, /\b(?:from|import)\s*["'](\.{0,2}\/[^"']+)["']/g);

export interface Crawled {
  /** Addresses relative to the site's home. */
  found: Set<string>;
  /** "what refers -> what is not there". */
  dead: string[];
}

/** Serves a site in one way and follows every reference from its home and from some further addresses. */
export async function crawl(site: string, host: ServeOptions, further: readonly string[] = []): Promise<Crawled> {
  const {origin, close} = await serve(site, host);
  const home = `${origin}${host.base}`;
  const [found, dead] = [new Set<string>(), [] as string[]];
  const queue = ["", ...further].map((path) => ({url: new URL(path, home).href, from: "home"}));
  const seen = new Set<string>();
  try {
    for (const {url, from} of queue) {
      if (seen.has(url)) continue;
      seen.add(url);
      const response = await fetch(url);
      if (!response.ok || !url.startsWith(home)) dead.push(`${from} -> ${url.replace(home, "")}`);
      found.add(url.replace(home, ""));
      const type = response.headers.get("content-type") ?? "";
      if (!/html|javascript|css/.test(type)) continue;
      for (const reference of references(type, await response.text())) {
        const target = new URL(reference.replaceAll("&amp;", "&"), url);
        target.hash = "";
        if (target.origin === origin) queue.push({url: target.href, from: url.replace(home, "") || "home"});
      }
    }
  } finally {
    await close();
  }
  return {found, dead};
}
