import type { Payload } from "../payloads/payload.js";
import type { InfoRoute, Protocol } from "./protocol.js";

/** A path, with the payloads of all protocols that have it. */
export interface TableRoute {
  readonly path: string;
  readonly payloads: readonly Payload[];
  readonly allowsEmpty: boolean;
  /** Names of the protocols. */
  readonly protocols: readonly string[];
}

/** Merges the paths of several protocols. On a shared path, the payloads are in the order of the protocols. */
export function routeTable(protocols: readonly Protocol[]): readonly TableRoute[] {
  const table = new Map<string, TableRoute>();
  for (const { name, routes } of protocols) {
    for (const { path, payloads, allowsEmpty = false } of routes) {
      const known = table.get(path);
      table.set(path, {
        path,
        payloads: [...new Set([...(known?.payloads ?? []), ...payloads])],
        allowsEmpty: (known?.allowsEmpty ?? true) && allowsEmpty,
        protocols: [...new Set([...(known?.protocols ?? []), name])],
      });
    }
  }
  return [...table.values()];
}

/** Merges the paths with information about the server; the first protocol that has a path answers it. */
export function infoRouteTable(protocols: readonly Protocol[]): readonly InfoRoute[] {
  const table = new Map<string, InfoRoute>();
  for (const infoRoute of protocols.flatMap(({ infoRoutes = [] }) => infoRoutes)) {
    if (!table.has(infoRoute.path)) table.set(infoRoute.path, infoRoute);
  }
  return [...table.values()];
}
