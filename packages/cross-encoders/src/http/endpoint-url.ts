import { InvalidOptionError } from "@secondpass/core";

/** Last parts of complete addresses, to which no path is added. */
const ROUTES = ["rerank", "reranking", "predict", "score"];
const VERSION = /^v\d+$/;

/**
 * Makes the address of requests: a base address with a protocol's path, or a complete address unchanged.
 *
 * - An address that ends with `/rerank`, `/reranking`, `/predict` or `/score` is complete.
 * - If it ends with a version (`/v1`), the path is added without its own version.
 * - Otherwise the path is added. Slashes at the end are ignored, and a query string stays.
 *
 * @param protocolPath the protocol's path, such as "/v2/rerank"
 * @param ownPath path that replaces it, without these rules; "" keeps the address unchanged
 * @throws {InvalidOptionError} if `url` is not an absolute http(s) address, or has a user name or password
 *
 * @example
 * endpointUrl("http://localhost:8080", "/v2/rerank"); // http://localhost:8080/v2/rerank
 * endpointUrl("http://localhost:8080/v1/", "/v2/rerank"); // http://localhost:8080/v1/rerank
 * endpointUrl("http://localhost:8080/rerank", "/v2/rerank"); // http://localhost:8080/rerank
 */
export function endpointUrl(url: string | URL, protocolPath: string, ownPath?: string): URL {
  const parsed = parse(url);
  parsed.hash = "";
  const base = parsed.pathname.split("/").filter(Boolean);
  const added = (ownPath ?? protocolPath).split("/").filter(Boolean);
  const end = base.at(-1) ?? "";
  if (ownPath === undefined) {
    if (ROUTES.includes(end)) return parsed;
    if (VERSION.test(end) && VERSION.test(added[0] ?? "")) added.shift();
  }
  if (added.length > 0) parsed.pathname = `/${[...base, ...added].join("/")}`;
  return parsed;
}

/** An address without its query string and password, which may be secret, for errors, traces and serialised forms. */
export function visibleUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

const EXPECTED = "an absolute address that begins with http:// or https://";

function parse(url: string | URL): URL {
  const text: unknown = typeof url === "string" ? url : url?.href;
  if (typeof text !== "string") throw new InvalidOptionError("url", EXPECTED, url);
  let parsed: URL;
  try {
    parsed = new URL(text);
  } catch {
    throw new InvalidOptionError("url", EXPECTED, withoutSecrets(text));
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") {
    throw new InvalidOptionError("url", EXPECTED, withoutSecrets(text));
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new InvalidOptionError(
      "url",
      "an address without user name and password",
      visibleUrl(parsed),
      'Pass them as `headers: { authorization: "Basic …" }`.',
    );
  }
  return parsed;
}

/** An invalid address without the parts that may be a password or a key. */
function withoutSecrets(text: string): string {
  return text.replace(/\?.*$/s, "?…").replace(/^([^/]*\/\/)?[^/]*@/s, "$1…@");
}
