import { checkKnownOptions, checkNumber, checkPositiveInteger, InvalidOptionError } from "@secondpass/core";
import { maxOpenFiles } from "./http/max-open-files.js";
import type { RerankServerLimits } from "./rerank-server-options.js";

const DEFAULTS: Readonly<Required<RerankServerLimits>> = {
  bodyBytes: 6_291_456,
  pairsPerRequest: 2048,
  concurrentRequests: 512,
  outstandingTokens: 1_048_576,
  inflightBytes: 268_435_456,
  pairsPerBatch: 64,
  tokensPerBatch: 16_384,
  connections: 8192,
  headersMs: 10_000,
  bodyMs: 60_000,
  idleMs: 72_000,
  minBytesPerSecond: 1000,
};

/** Open files reserved for the model, the log and the listening socket. */
const OTHER_FILES = 128;

/**
 * Checks the limits, and adds the defaults.
 *
 * @throws {InvalidOptionError} if one is not a positive integer
 * @throws {UnknownOptionError} if a limit is unknown
 */
export function readLimits(given: RerankServerLimits = {}): Required<RerankServerLimits> {
  checkKnownOptions(given, Object.keys(DEFAULTS), "limits of createRerankServer");
  const files = maxOpenFiles() ?? Number.POSITIVE_INFINITY;
  const limits = {
    ...DEFAULTS,
    // The system resets connections beyond its limit, even healthy ones.
    connections: Math.max(1, Math.min(DEFAULTS.connections, files - OTHER_FILES)),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
  for (const [name, value] of Object.entries(limits)) {
    if (name !== "minBytesPerSecond") checkPositiveInteger(`limits.${name}`, value);
    else if (checkNumber(`limits.${name}`, value) < 0) {
      throw new InvalidOptionError(`limits.${name}`, "a number of at least 0", value);
    }
  }
  return limits;
}
