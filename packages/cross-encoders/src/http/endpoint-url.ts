import { InvalidOptionError } from "@secondpass/core";

/** Last parts of whole addresses: nothing is added to an address that ends so. */
const ROUTES = ["rerank", "reranking", "predict", "score"];
const VERSION = /^v\d+$/;

/**
 * The address that requests go to: a base address and a protocol's path, or the whole address as it is.
 *
 * - An address that ends with `/rerank`, `/reranking`, `/predict` or `/score` is whole.
 * - If it ends with a version (`/v1`), the path is added without its own version.
 * - Otherwise the path is added. Slashes at the end do not count, and a query string stays.
 *
 * @param protocolPath such as "/v2/rerank"
 * @param ownPath added in its place, without these rules; "" for the address as it is
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

/** An address without its query string and password, which may be secret: for errors, traces and serialised forms. */
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

/** An address that could not be read, without what may be a password or a key in it. */
function withoutSecrets(text: string): string {
  return text.replace(/\?.*$/s, "?…").replace(/^([^/]*\/\/)?[^/]*@/s, "$1…@");
}
