/**
 * Whether a request's `Host` names this machine. A page on the web may have its own name resolve to 127.0.0.1 to read
 * what is served here ("DNS rebinding"): its requests then carry that name.
 */
export function isLocalHost(host: string | undefined): boolean {
  const url = `http://${host}`;
  if (host === undefined || !URL.canParse(url)) return false;
  const {hostname} = new URL(url);
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || isLoopback(hostname);
}

const isLoopback = (hostname: string) => /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** What others are told. */
export const refusal = "This is served to this machine only: open it as http://localhost.\n";
