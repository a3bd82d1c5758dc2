import type { IncomingMessage } from "node:http";
import { LocalHttpError } from "./local-http-error.js";

/** Host names of the loopback address. */
const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];
/** Port that browsers leave out. */
const HTTP_PORT = 80;
/** Values of `Sec-Fetch-Site` for a request of this server's page, or of the person at the address bar. */
const OWN_SITES = ["same-origin", "none"];

/**
 * Checks that a request is for this server, and does not come from another site's page. A page whose domain was made to point at this machine (DNS rebinding)
 * sends its own domain as `Host`; a page of another site sends its own `Origin`.
 *
 * @param isPage the request is for a page or its parts, which have no secrets: links from other sites may lead there
 * @throws {LocalHttpError} 403
 */
export function checkSender({ headers, socket }: IncomingMessage, isPage: boolean): void {
  const port = socket.localPort;
  const hosts = LOOPBACK_NAMES.flatMap((name) =>
    port === HTTP_PORT ? [name, `${name}:${port}`] : [`${name}:${port}`],
  );
  const host = headers.host?.toLowerCase() ?? "";
  if (!hosts.includes(host)) {
    throw new LocalHttpError(
      "forbidden",
      `Expected the header Host to be ${hosts.join(" or ")}. Open the address that the program printed.`,
    );
  }
  const { origin, "sec-fetch-site": site } = headers;
  const isForeign = origin !== undefined && origin.toLowerCase() !== `http://${host}`;
  if (isForeign || (!isPage && site !== undefined && !OWN_SITES.includes(site as string))) {
    throw new LocalHttpError("forbidden", "Expected a request of this server's own page, or of a program.");
  }
}
