import { InvalidOptionError } from "@secondpass/core";
import { allProtocols } from "./protocols/all-protocols.js";
import type { Protocol } from "./protocols/protocol.js";

/**
 * Checks the protocols of a server.
 *
 * @throws {InvalidOptionError} if one is not a protocol
 */
export function readProtocols(given: unknown = allProtocols): readonly Protocol[] {
  if (Array.isArray(given) && given.length > 0 && given.every(isProtocol)) return given;
  throw new InvalidOptionError(
    "protocols",
    "a list of protocols, such as [cohere, textEmbeddingsInference]",
    given,
  );
}

function isProtocol(value: unknown): value is Protocol {
  if (typeof value !== "object" || value === null) return false;
  const { name, routes, infoRoutes = [] } = value as Partial<Protocol>;
  const isRoute = ({ path, payloads }: Partial<Protocol["routes"][number]>) =>
    typeof path === "string" && path.startsWith("/") && Array.isArray(payloads);
  return (
    typeof name === "string" && Array.isArray(routes) && routes.every(isRoute) && Array.isArray(infoRoutes)
  );
}
