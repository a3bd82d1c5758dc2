import type { HubResponse } from "./hub-client.js";

/** Whether an answer brings a web page in place of a file: the login page of a proxy, which answers 200. */
export function isWebPage({ headers }: HubResponse, path: string): boolean {
  return /^text\/html\b/i.test(headers.get("content-type") ?? "") && !/\.html?$/i.test(path);
}

/** What the error for it says. */
export function webPageProblem(path: string): string {
  return `answered with a web page in place of "${path}", as a proxy does that wants a login`;
}
