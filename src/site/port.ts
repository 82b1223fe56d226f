import {createServer} from "node:net";
import {UserError} from "../lib/support/errors.js";

/** The loopback interface: nothing that this project serves is for other machines. */
export const loopback = "127.0.0.1";

/** A port as the command line has it. @throws UserError where it is none */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new UserError(`${JSON.stringify(text)} is no port.`, {hint: "Give a whole number from 1024 to 65535."});
}

/** @throws UserError where nothing can be served on a port: it is taken, or not for everybody */
export async function requireFree(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(explainPort(error, port)));
    server.listen(port, loopback, () => server.close(() => resolve()));
  });
}

const reasons: Record<string, string> = {
  EADDRINUSE: "is taken by another program",
  EACCES: "may be used by administrators only"
};

function explainPort(error: NodeJS.ErrnoException, port: number): Error {
  const reason = reasons[error.code ?? ""];
  return reason ? new UserError(`Port ${port} ${reason}.`, {hint: "Choose another one with --port."}) : error;
}
