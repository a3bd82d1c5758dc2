import type { Payload } from "../payloads/payload.js";
import type { Protocol, ProtocolReading } from "./protocol.js";

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
export function readingTable(protocols: readonly Protocol[]): readonly ProtocolReading[] {
  const table = new Map<string, ProtocolReading>();
  for (const reading of protocols.flatMap(({ readings = [] }) => readings)) {
    if (!table.has(reading.path)) table.set(reading.path, reading);
  }
  return [...table.values()];
}
