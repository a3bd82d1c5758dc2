import type { IncomingMessage, ServerResponse } from "node:http";
import { LocalHttpError } from "./local-http-error.js";
import { Secret } from "./secret.js";

const BEARER = /^Bearer +(\S+) *$/i;

/**
 * Who may use a local server: whoever shows its token. Programs send `Authorization: Bearer TOKEN`. A page gets the token in the fragment of its address, which
 * is never sent, exchanges it for a cookie that no script can read, and removes it from the address bar.
 */
export class Access {
  readonly #token: Secret;
  /** Not the token: a cookie that leaks opens nothing after the server has ended, and says nothing of the address that was printed. */
  readonly #session = new Secret();
  readonly #tickets = new Set<Secret>();

  /** @param token of the user's choice, which stays the same when the server starts again. @default a random one */
  constructor(token?: string) {
    this.#token = new Secret(token);
  }

  /** The token, for the address that is printed, and for programs. */
  get token(): string {
    return this.#token.text;
  }

  /**
   * Something that is exchanged for the cookie once, in place of the token: for an address that other users of the machine may see, as in the list of processes that
   * shows a browser's start.
   */
  ticket(): string {
    const ticket = new Secret();
    this.#tickets.add(ticket);
    return ticket.text;
  }

  /** Answers the right token, or an unused ticket, with the cookie. @throws {LocalHttpError} 401 */
  exchange(token: unknown, request: IncomingMessage, response: ServerResponse): void {
    if (typeof token !== "string" || !(this.#token.matches(token) || this.#useTicket(token))) {
      throw new LocalHttpError(
        "unauthorized",
        "Expected the access token of this server: open the address that the program printed when it started.",
      );
    }
    // Without "Secure": browsers that keep such cookies on http://127.0.0.1 are few. Without "Max-Age": it ends with the browser.
    response.setHeader(
      "set-cookie",
      `${cookieName(request)}=${this.#session.text}; HttpOnly; SameSite=Strict; Path=/`,
    );
  }

  #useTicket(text: string): boolean {
    for (const ticket of this.#tickets) if (ticket.matches(text)) return this.#tickets.delete(ticket);
    return false;
  }

  /** @throws {LocalHttpError} 401 if the request shows neither the token nor the cookie */
  check(request: IncomingMessage): void {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) {
      const [, shown = ""] = BEARER.exec(authorization) ?? [];
      if (this.#token.matches(shown)) return;
    } else if (this.#session.matches(cookieOf(cookie, cookieName(request)))) {
      return;
    }
    throw new LocalHttpError(
      "unauthorized",
      "Expected access to this server: open the address that the program printed when it started, or send its token as `Authorization: Bearer TOKEN`.",
    );
  }
}

/** Cookies do not know ports: servers on two of them would overwrite each other's. */
function cookieName({ socket }: IncomingMessage): string {
  return `secondpass-${socket.localPort}`;
}

function cookieOf(header: string | undefined, name: string): string {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at >= 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return "";
}
