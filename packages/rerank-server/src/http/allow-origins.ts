import cors from "@fastify/cors";
import { InvalidOptionError } from "@secondpass/core";
import type { FastifyInstance } from "fastify";

/** How long a browser may remember the answer to its preflight, in s. */
const PREFLIGHT_S = 600;

/**
 * Lets the pages of some origins read answers (CORS). Add it before the check of keys, because preflights have no key
 * and need none.
 *
 * @param origins "https://example.org", "http://localhost:3000", or "*" for all
 * @throws {InvalidOptionError} if one is not an origin
 */
export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  checkOrigins(origins);
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: origins.includes("*") ? "*" : [...origins],
    methods: ["GET", "HEAD", "POST"],
    exposedHeaders: ["retry-after"],
    maxAge: PREFLIGHT_S,
    strictPreflight: false,
  });
}

function checkOrigins(origins: readonly string[]): void {
  if (!Array.isArray(origins)) throw new InvalidOptionError("cors", "a list of origins", origins);
  for (const [index, origin] of origins.entries()) {
    if (origin === "*" || isOrigin(origin)) continue;
    const expected = '"*" or an origin without a path, such as "https://example.org"';
    throw new InvalidOptionError(`cors[${index}]`, expected, origin);
  }
}

function isOrigin(value: unknown): boolean {
  return (
    typeof value === "string" &&
    /^https?:\/\/[^*]+$/.test(value) &&
    URL.canParse(value) &&
    new URL(value).origin === value
  );
}
