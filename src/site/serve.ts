import {existsSync, readFileSync, statSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, normalize} from "node:path";
import {isLocalHost, refusal} from "./local-host.js";
import {loopback} from "./port.js";

const types: Record<string, string> = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".html": "text/html",
  ".jpg": "image/jpeg",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webp": "image/webp"
};

/** How a static host serves a site. */
export interface ServeOptions {
  /** By default any that is free. */
  port?: number;
  /** The path under which the site lies, with a slash at both ends. */
  base?: string;
  /** Whether `/data` is `data.html`, which many hosts do not know. */
  clean?: boolean;
}

/** The file of a static site that a path stands for. */
export function fileOf(site: string, pathname: string, clean = false): string | undefined {
  // `normalize` drops `..` above the root, because the pathname begins with a slash.
  const path = join(site, normalize(pathname));
  const files = [path, join(path, "index.html"), ...(clean ? [`${path}.html`] : [])];
  return files.find((file) => existsSync(file) && statSync(file).isFile());
}

/** The path that a request asks for below the site's, or undefined. */
function pathOf(url: string, base: string): string | undefined {
  try {
    const pathname = decodeURIComponent(new URL(url, "http://localhost").pathname);
    return pathname.startsWith(base) && !pathname.includes("\0") ? pathname.slice(base.length - 1) : undefined;
  } catch {
    return undefined; // no URL
  }
}

/** Serves a built site on the loopback interface, to this machine's own names. */
export async function serve(
  site: string,
  {port = 0, base = "/", clean}: ServeOptions = {}
): Promise<{origin: string; close(): Promise<void>}> {
  const server = createServer(({url, headers}, response) => {
    if (!isLocalHost(headers.host)) return void response.writeHead(403).end(refusal);
    const path = pathOf(url ?? "/", base);
    const file = path && fileOf(site, path, clean);
    if (!file) return void response.writeHead(404).end("There is no such page.\n");
    response.writeHead(200, {"content-type": `${types[extname(file)] ?? "application/octet-stream"}; charset=utf-8`});
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, loopback, resolve));
  return {
    origin: `http://${loopback}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}
