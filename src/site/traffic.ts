import type {Page, Response} from "playwright-core";

/** What a page asks for while it is open. */
export interface Traffic {
  /**
   * Errors on the console, exceptions, and requests that fail or leave the site: taken out, so that each is told once.
   */
  take(): string[];
  /** What has been answered so far. */
  responses: readonly Response[];
  /** How many requests are under way. */
  pending(): number;
}

/** Follows a page from before it is opened. */
export function follow(page: Page, origin: string): Traffic {
  const problems: string[] = [];
  const responses: Response[] = [];
  let pending = 0;
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    ++pending;
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${origin}/`)) {
      problems.push(`leaves the site: ${request.url()}`);
    }
  });
  page.on("requestfinished", () => --pending);
  page.on("requestfailed", (request) => {
    --pending;
    problems.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ""}`);
  });
  page.on("response", (response) => {
    responses.push(response);
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return {take: () => problems.splice(0), responses, pending: () => pending};
}
