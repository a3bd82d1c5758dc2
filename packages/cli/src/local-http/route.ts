import type { Exchange } from "./exchange.js";

/** A route of a local server: a method and a path, with their handler. */
export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** The exact path. With `"/*"` at its end, all paths below it. */
  readonly path: string;
  /**
   * Who may use it. `"token"`: clients with the token or a session. `"page"`: also links from other sites; for pages and their parts, which have no secrets.
   * `"anyone"`: programs and our own page, without a token. @default "token"
   */
  readonly access?: "token" | "page" | "anyone";
  /**
   * Answers a request. A thrown {@link LocalHttpError} is answered with its status, a `CommandError` or `UsageError` with 422; an aborted request gets no answer.
   */
  answer(exchange: Exchange): Promise<void> | void;
}

/** Finds the route of a request; undefined if there is none. An exact path takes precedence over one with `"/*"`. */
export function findRoute(routes: readonly Route[], method: string, path: string): Route | undefined {
  const fitting = routes.filter((route) => fits(route, path) && allows(route, method));
  return fitting.find((route) => route.path === path) ?? fitting[0];
}

/** Lists the methods of a path. */
export function methodsOf(routes: readonly Route[], path: string): readonly string[] {
  return [...new Set(routes.filter((route) => fits(route, path)).map(({ method }) => method))];
}

function fits({ path: pattern }: Route, path: string): boolean {
  return pattern.endsWith("/*") ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}

function allows(route: Route, method: string): boolean {
  return route.method === method || (method === "HEAD" && route.method === "GET");
}
