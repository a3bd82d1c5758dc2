import type { IncomingMessage, ServerResponse } from "node:http";
import { KEY_HEADER } from "./key-header.js";
import { LocalHttpError } from "./local-http-error.js";
import { Secret } from "./secret.js";

const BEARER = /^Bearer +(\S+) *$/i;
/** How long a ticket may be used: a browser's start takes seconds, and others may see its command line. */
const TICKET_MS = 120_000;

/**
 * Who may use a local server: whoever shows its token. Programs send `Authorization: Bearer TOKEN`. A page gets the token in the fragment of its address, which
 * is never sent, removes it from the address bar, and exchanges it for a session of two halves: a cookie that no script can read, and a key that the page keeps in
 * the storage of its origin. Browsers send the cookie to every port of this machine, and so to programs of others; the key stays with this port's page. Scripts can
 * read the key, but not the cookie. One half alone opens nothing.
 */
export class Access {
  readonly #token: Secret;
  /** Not the token: a session that leaks opens nothing after the server has ended, and says nothing of the address that was printed. */
  readonly #cookie = new Secret();
  readonly #key = new Secret();
  /** Tickets, and when they expire. */
  readonly #tickets = new Map<Secret, number>();

  /**
   * @param token of the user's choice, which stays the same when the server starts again. @default a random one
   * @param now the time in ms
   */
  constructor(
    token?: string,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#token = new Secret(token);
  }

  /** The token, for the address that is printed, and for programs. */
  get token(): string {
    return this.#token.text;
  }

  /**
   * Something that is exchanged for a session once, within two minutes, in place of the token: for an address that other users of the machine may see, as in the list
   * of processes that shows a browser's start.
   */
  ticket(): string {
    const ticket = new Secret();
    this.#tickets.set(ticket, this.now() + TICKET_MS);
    return ticket.text;
  }

  /** Gives a session for the right token, or for a ticket. The cookie is set. @returns the key @throws {LocalHttpError} 401 */
  exchange(token: unknown, request: IncomingMessage, response: ServerResponse): string {
    if (typeof token !== "string" || !(this.#token.matches(token) || this.#useTicket(token))) {
      throw new LocalHttpError(
        "unauthorized",
        "Expected the access token of this server: open the address that the program printed when it started.",
      );
    }
    // Without "Secure": browsers that keep such cookies on http://127.0.0.1 are few. Without "Max-Age": it ends with the browser.
    response.setHeader(
      "set-cookie",
      `${cookieName(request)}=${this.#cookie.text}; HttpOnly; SameSite=Strict; Path=/api`,
    );
    return this.#key.text;
  }

  #useTicket(text: string): boolean {
    for (const [ticket, expiresAt] of this.#tickets) {
      if (ticket.matches(text)) return this.#tickets.delete(ticket) && this.now() < expiresAt;
    }
    return false;
  }

  /** @throws {LocalHttpError} 401 if the request shows neither the token nor both halves of the session */
  check(request: IncomingMessage): void {
    const { authorization, cookie, [KEY_HEADER]: key } = request.headers;
    if (authorization !== undefined) {
      const [, shown = ""] = BEARER.exec(authorization) ?? [];
      if (this.#token.matches(shown)) return;
    } else if (
      typeof key === "string" &&
      this.#key.matches(key) &&
      cookiesOf(cookie, cookieName(request)).some((value) => this.#cookie.matches(value))
    ) {
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

/** All of one name: a program on another port may have set one, too, which comes before ours. */
function cookiesOf(header: string | undefined, name: string): string[] {
  return (header ?? "").split(";").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at >= 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : [];
  });
}
