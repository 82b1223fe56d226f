import {type IncomingMessage, Server, type ServerResponse} from "node:http";
import type {Duplex} from "node:stream";
import {isLocalHost, refusal} from "./local-host.js";

// Loaded before Framework's preview, which answers to any host: no server of the process sees a request of another
// name, nor a web socket that a page of another origin opens.
const emit = Server.prototype.emit as (event: string, ...rest: unknown[]) => boolean;

const isOurs = ({headers: {host, origin}}: IncomingMessage, event: string) =>
  isLocalHost(host) && (event === "request" || !origin || isLocalHost(origin.replace(/^https?:\/\//, "")));

Server.prototype.emit = function (this: Server, event: string, ...rest: unknown[]): boolean {
  const isRequest = event === "request" || event === "upgrade";
  if (!isRequest || isOurs(rest[0] as IncomingMessage, event)) return emit.call(this, event, ...rest);
  if (event === "request") (rest[1] as ServerResponse).writeHead(403).end(refusal);
  else (rest[1] as Duplex).end(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${refusal.length}\r\n\r\n${refusal}`);
  return true;
};
