import type { IncomingMessage, ServerResponse } from "node:http";
import { KEY_HEADER } from "./key-header.js";
import { LocalHttpError } from "./local-http-error.js";
import { Secret } from "./secret.js";

const BEARER = /^Bearer +(\S+) *$/i;
/** How long a ticket is valid, in ms: a browser starts within seconds, and others may see its command line. */
const TICKET_MS = 120_000;

/**
 * Controls access to a local server: whoever shows its token may use it. Programs send `Authorization: Bearer TOKEN`. A page gets the token in the fragment of its
 * address, which browsers never send. It removes the token from the address bar, and exchanges it for a session of two halves: a cookie that no script can read, and
 * a key in the storage of its origin. Browsers send the cookie to every port of this machine, and so to other users' programs; the key stays with this port's page.
 * Scripts can read the key, but not the cookie. One half alone gives no access.
 */
export class Access {
  readonly #token: Secret;
  /** Not the token: a leaked session gives no access after the server has ended, and does not reveal the printed address. */
  readonly #cookie = new Secret();
  readonly #key = new Secret();
  /** Tickets, with the time at which they expire. */
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
   * Creates a ticket, which can be exchanged for a session once, within two minutes, instead of the token. It is for an address that other users of the machine may
   * see, such as on a browser's command line in the list of processes.
   */
  ticket(): string {
    const ticket = new Secret();
    this.#tickets.set(ticket, this.now() + TICKET_MS);
    return ticket.text;
  }

  /** Exchanges the token or a ticket for a session, and sets its cookie. @returns the key @throws {LocalHttpError} 401 if it is wrong */
  exchange(token: unknown, request: IncomingMessage, response: ServerResponse): string {
    if (typeof token !== "string" || !(this.#token.matches(token) || this.#useTicket(token))) {
      throw new LocalHttpError(
        "unauthorized",
        "Expected the access token of this server: open the address that the program printed when it started.",
      );
    }
    // Without "Secure": few browsers keep such cookies on http://127.0.0.1. Without "Max-Age": the cookie ends with the browser.
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

  /** Checks a request's access. @throws {LocalHttpError} 401 if it shows neither the token nor both halves of a session */
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

/** Names the cookie after the port: all ports share cookies, so that two servers would overwrite each other's. */
function cookieName({ socket }: IncomingMessage): string {
  return `secondpass-${socket.localPort}`;
}

/** Returns all cookies of one name: a program on another port may have set one, too, which comes before ours. */
function cookiesOf(header: string | undefined, name: string): string[] {
  return (header ?? "").split(";").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at >= 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : [];
  });
}
