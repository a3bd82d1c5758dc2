import { checkKnownOptions, checkText, InvalidOptionError } from "@secondpass/core";
import type { ListenOptions } from "./rerank-server.js";

const MAX_PORT = 65_535;

/**
 * Checks the host and port of a server, and adds the defaults.
 *
 * @throws {InvalidOptionError} if the host is not a text, or the port is invalid
 * @throws {UnknownOptionError} if an option is unknown
 */
export function readPlace(given: ListenOptions): Required<ListenOptions> {
  checkKnownOptions(given, ["host", "port"], "The place of createRerankServer");
  const { host = "127.0.0.1", port = 8080 } = given;
  checkText(host, "host");
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT)
    throw new InvalidOptionError("port", `an integer from 0 to ${MAX_PORT}`, port);
  return { host, port };
}
