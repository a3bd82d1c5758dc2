import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 bits, which nobody can guess. */
const BYTES = 32;

/** A secret text: whoever shows it has access. */
export class Secret {
  readonly #hash: Buffer;

  /** @param text is used in URLs, headers and cookies unchanged. @default a random one */
  constructor(readonly text = randomBytes(BYTES).toString("base64url")) {
    this.#hash = hashOf(text);
  }

  /** Whether a text is the secret. Takes the same time for all texts of one length. */
  matches(text: string): boolean {
    return timingSafeEqual(hashOf(text), this.#hash);
  }
}

function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
