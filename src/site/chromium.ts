import {existsSync} from "node:fs";
import type {Browser} from "playwright-core";
import {UserError} from "../lib/support/errors.js";
import {onEnding} from "../lib/support/signals.js";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
];

/** The Chromium on this machine (`CHROMIUM_PATH`, or where Debian has it), or undefined. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (path) => path && existsSync(path)
  );
}

/** Starts Chromium without a window, in an empty profile of its own. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new UserError("There is no Chromium to open the pages in.", {
      hint: "Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH."
    });
  }
  const {chromium} = await import("playwright-core");
  const signals = {handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false};
  const browser = await chromium.launch({executablePath, args: flags, ...signals});
  // Chromium ends with this process by itself, but would leave its profile behind.
  const forget = onEnding(async (signal) => {
    await browser.close();
    forget();
    process.kill(process.pid, signal);
  });
  browser.once("disconnected", forget);
  return browser;
}
