import { createHash, timingSafeEqual } from "node:crypto";
import { InvalidOptionError } from "@secondpass/core";

/** A valid key: visible ASCII, which fits into a header. */
const KEY = /^[\x21-\x7e]{1,512}$/;
/** The Authorization header with a key. */
const BEARER = /^bearer +(\S+)$/i;
/** Placeholder for a key in errors. */
const HIDDEN = "(hidden)";

/**
 * The keys that clients may show as `Authorization: Bearer KEY`. Only their hashes are kept. A shown key is compared with all of them in
 * constant time, so that neither the time of an answer nor a copy of the memory reveals a key.
 */
export class ApiKeys {
  readonly #hashes: readonly Buffer[];

  /**
   * @param keys at least one; 1 to 512 visible ASCII characters each
   * @throws {InvalidOptionError} if a key is invalid; the message does not show it
   */
  constructor(keys: readonly string[]) {
    if (!Array.isArray(keys) || keys.length === 0) {
      throw new InvalidOptionError(
        "apiKeys",
        "a list of at least one key",
        Array.isArray(keys) ? [] : HIDDEN,
      );
    }
    for (const [index, key] of keys.entries()) {
      if (typeof key === "string" && KEY.test(key)) continue;
      throw new InvalidOptionError(`apiKeys[${index}]`, "1 to 512 visible ASCII characters", HIDDEN);
    }
    this.#hashes = keys.map(hashOf);
  }

  /** Whether the value of an Authorization header has one of the keys. */
  accept(authorization: string | undefined): boolean {
    const [, shown] = BEARER.exec(authorization ?? "") ?? [];
    const hash = hashOf(shown ?? "");
    let isKnown = false;
    // Compare all, even after a match.
    for (const known of this.#hashes) isKnown = timingSafeEqual(known, hash) || isKnown;
    return isKnown;
  }
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
