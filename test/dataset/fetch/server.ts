import {createHash} from "node:crypto";
import {statSync} from "node:fs";
import type {IncomingMessage, ServerResponse} from "node:http";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import type {TestContext} from "node:test";

/** Answers one request; `attempt` counts from 1 for each address. */
export type Answer = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

/** A server on this machine that is closed when the test ends. Unknown addresses answer 404. */
export async function serve(context: TestContext, answers: Record<string, Answer>) {
  const requests: {url: string; range?: string; ifRange?: string}[] = [];
  const server = createServer((request, response) => {
    const url = request.url!;
    requests.push({url, range: request.headers.range, ifRange: request.headers["if-range"] as string | undefined});
    const answer = answers[url.split("?")[0]];
    if (answer) answer(request, response, requests.filter((other) => other.url === url).length);
    else response.writeHead(404).end("not here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests};
}

export interface Serving {
  etag?: string;
  /** Cuts the connection after this many bytes of the body, once all that was sent is in the receiver's file. */
  cut?: {after: number; file: string};
  ignoreRange?: boolean;
}

/** Sends a file as a good server does, or cuts it off on the way. */
export function send(request: IncomingMessage, response: ServerResponse, content: Buffer, serving: Serving = {}): void {
  const {etag = '"one"', cut, ignoreRange} = serving;
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? NaN);
  const isSame = !request.headers["if-range"] || request.headers["if-range"] === etag;
  const isPartial = !Number.isNaN(from) && isSame && !ignoreRange;
  if (isPartial && from >= content.length) {
    response.writeHead(416, {"content-range": `bytes */${content.length}`}).end();
    return;
  }
  const body = isPartial ? content.subarray(from) : content;
  response.writeHead(isPartial ? 206 : 200, {
    "content-length": body.length,
    ...(etag && {etag}),
    ...(isPartial && {"content-range": `bytes ${from}-${content.length - 1}/${content.length}`})
  });
  if (!cut || cut.after >= body.length) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, cut.after));
  const sent = content.length - body.length + cut.after;
  const watch = setInterval(() => {
    if ((statSync(cut.file, {throwIfNoEntry: false})?.size ?? 0) < sent) return;
    clearInterval(watch);
    response.socket?.end();
  }, 5);
}

export const gitBlob = (content: Uint8Array | string) =>
  createHash("sha1")
    .update(`blob ${Buffer.byteLength(content)}\0`)
    .update(content)
    .digest("hex");
