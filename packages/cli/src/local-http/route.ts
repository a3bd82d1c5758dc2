import type { Exchange } from "./exchange.js";

/** What a local server does at one path. */
export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** The exact path. With `"/*"` at its end, all paths below it. */
  readonly path: string;
  /**
   * Who may use it. `"token"`: who shows the token or a session. `"page"`: also who follows a link from another site; for pages and their parts, which have no secrets.
   * `"anyone"`: programs and our own page, without a token. @default "token"
   */
  readonly access?: "token" | "page" | "anyone";
  /**
   * Answers. A {@link LocalHttpError} becomes an answer with its status, a `CommandError` or `UsageError` one of 422; a request that was aborted none.
   */
  answer(exchange: Exchange): Promise<void> | void;
}

/** The route of a request; undefined if there is none. An exact path goes before one with `"/*"`. */
export function findRoute(routes: readonly Route[], method: string, path: string): Route | undefined {
  const fitting = routes.filter((route) => fits(route, path) && allows(route, method));
  return fitting.find((route) => route.path === path) ?? fitting[0];
}

/** The methods that a path has. */
export function methodsOf(routes: readonly Route[], path: string): readonly string[] {
  return [...new Set(routes.filter((route) => fits(route, path)).map(({ method }) => method))];
}

function fits({ path: pattern }: Route, path: string): boolean {
  return pattern.endsWith("/*") ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}

function allows(route: Route, method: string): boolean {
  return route.method === method || (method === "HEAD" && route.method === "GET");
}
