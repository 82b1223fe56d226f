import {build, type Message, type Plugin} from "esbuild";
import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {dirname, join} from "node:path";

/** Every page of a built site, relative to it. */
export function findPages(site: string): string[] {
  return readdirSync(site, {recursive: true, encoding: "utf8"})
    .filter((file) => file.endsWith(".html") && !file.startsWith("_"))
    .sort();
}

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]);
const withoutScripts = (html: string) => html.replace(/<script\b[^]*?<\/script>/g, "");
const moduleScripts = (html: string) => matches(html, /<script type="module">([^]*?)<\/script>/g).join("\n");

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Whether any server has something at a path, also one that knows no names without their extensions. */
const isServed = (path: string) => [path, join(path, "index.html")].some(isFile);

/** Framework shows what it could not compile in the page itself, and goes on. */
function errorMarkers(html: string): string[] {
  return matches(withoutScripts(html), /class="[^"]*observablehq--error[^"]*"[^>]*>([^<]*)/g).map(
    (text) => `shows an error: ${text.trim()}`
  );
}

/** Links, stylesheets, pictures and attached files that the site does not have. */
function missingFiles(site: string, page: string, html: string): string[] {
  const attributes = matches(withoutScripts(html), /\s(?:href|src)="([^"#?]+)[^"]*"/g);
  const attached = matches(moduleScripts(html), /"path":"([^"]+)"/g);
  return [...new Set([...attributes, ...attached])]
    .filter((path) => !/^(\w+:|\/\/)/.test(path))
    .filter((path) => !isServed(join(path.startsWith("/") ? site : dirname(join(site, page)), decodeURI(path))))
    .map((path) => `refers to ${path}, which is not there`);
}

/**
 * Framework imports `{a, b}` for a page by `const {a, b} = await import("…")`, which a missing name passes. The same as
 * static exports, for esbuild to check.
 */
function asStaticExports(script: string): string {
  let count = 0;
  const imports = [...script.matchAll(/^const \{([^}]*)\} = await import\(("[^"]+")\)/gm)];
  return imports
    .flatMap(([, names, specifier]) =>
      names.split(",").map((name) => `export {${name.split(":")[0].trim()} as _${++count}} from ${specifier};`)
    )
    .join("\n");
}

/**
 * Resolves as a browser does, which knows no bare names; what Framework's client would load on demand is left alone.
 */
const browser: Plugin = {
  name: "browser",
  setup({onResolve}) {
    onResolve({filter: /^[^./]/}, ({path, kind}) =>
      kind === "entry-point" || /^\w+:/.test(path) ? null : {errors: [{text: `Could not resolve "${path}"`}]}
    );
    onResolve({filter: /^\./}, ({path, kind, importer}) =>
      kind === "dynamic-import" && importer.includes("/_observablehq/") ? {path, external: true} : null
    );
  }
};

/** Imports that cannot be resolved, and imported names that are not exported, anywhere in a page's module graph. */
async function brokenImports(site: string, page: string, html: string): Promise<string[]> {
  const script = moduleScripts(html);
  const describe = ({text, location}: Message) =>
    location?.file && location.file !== "<stdin>" ? `${text} (in ${location.file})` : text;
  try {
    await build({
      stdin: {contents: `${script}\n${asStaticExports(script)}`, resolveDir: dirname(join(site, page))},
      absWorkingDir: site,
      bundle: true,
      write: false,
      format: "esm",
      target: "es2022",
      logLevel: "silent",
      plugins: [browser]
    });
    return [];
  } catch (error) {
    return [...new Set((error as {errors: Message[]}).errors.map(describe))];
  }
}

/**
 * What is broken in a built site although the build went through: error markers, references to files that are not
 * there, imports that cannot be resolved. One line each, beginning with the page.
 */
export async function findBroken(site: string): Promise<string[]> {
  const problems = await Promise.all(
    findPages(site).map(async (page) => {
      const html = readFileSync(join(site, page), "utf8");
      const found = [
        ...errorMarkers(html),
        ...missingFiles(site, page, html),
        ...(await brokenImports(site, page, html))
      ];
      return found.map((problem) => `${page} ${problem}`);
    })
  );
  return problems.flat();
}
