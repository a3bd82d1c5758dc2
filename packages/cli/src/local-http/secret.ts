import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 bits: nobody guesses it. */
const BYTES = 32;

/** A text that lets its holder in. */
export class Secret {
  readonly #hash: Buffer;

  /** @param text for URLs, headers and cookies as it is. @default a random one */
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
