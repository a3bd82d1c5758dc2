import type { HubResponse } from "./hub-client.js";

/** Whether a response is a web page instead of the file, such as a proxy's login page with status 200. */
export function isWebPage({ headers }: HubResponse, path: string): boolean {
  return /^text\/html\b/i.test(headers.get("content-type") ?? "") && !/\.html?$/i.test(path);
}

/** The problem for the error message if a response is a web page. */
export function webPageProblem(path: string): string {
  return `answered with a web page in place of "${path}", as a proxy does that requires a login`;
}
