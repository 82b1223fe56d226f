import {existsSync, readFileSync, statSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join} from "node:path";

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

/** The file of a static site that a path stands for, by the rules of static hosts: `/data` is `data.html`. */
function fileOf(site: string, pathname: string): string | undefined {
  const path = join(site, pathname); // `join` drops `..` above the root, because the pathname begins with a slash
  return [path, `${path}.html`, join(path, "index.html")].find((file) => existsSync(file) && statSync(file).isFile());
}

/** Serves a built site on the loopback interface, on a free port. */
export async function serve(site: string): Promise<{origin: string; close(): Promise<void>}> {
  const server = createServer((request, response) => {
    const file = fileOf(site, decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, {"content-type": `${types[extname(file)] ?? "application/octet-stream"}; charset=utf-8`});
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}
