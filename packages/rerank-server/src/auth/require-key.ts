import { InvalidOptionError } from "@secondpass/core";
import type { FastifyInstance } from "fastify";
import { RequestError } from "../errors/request-error.js";
import type { ApiKeys } from "./api-keys.js";

/**
 * Answers 401 to requests without a known key, before their body comes.
 *
 * @param open paths that may be read (GET, HEAD) without a key
 * @throws {InvalidOptionError} if one of them is not a path
 */
export function requireKey(app: FastifyInstance, keys: ApiKeys, open: readonly string[]): void {
  if (!Array.isArray(open) || !open.every((path) => typeof path === "string" && path.startsWith("/"))) {
    throw new InvalidOptionError("openPaths", 'a list of paths, such as "/health"', open);
  }
  app.addHook("onRequest", async ({ method, headers, routeOptions }) => {
    const isRead = method === "GET" || method === "HEAD";
    if (isRead && routeOptions.url !== undefined && open.includes(routeOptions.url)) return;
    if (keys.accept(headers.authorization)) return;
    throw new RequestError(
      "unauthorized",
      "Expected a known API key in the header `Authorization: Bearer KEY`.",
    );
  });
}
