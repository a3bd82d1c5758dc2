import { sha256 as sha256OfNoble } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Sha256 } from "./sha256.js";

/**
 * SHA-256 without OpenSSL, by @noble/hashes. WebCrypto needs all bytes in one call, and works only on pages with https. The
 * build for browsers replaces `sha256.ts` by this file and includes the library.
 */
export function sha256InJavascript(): Sha256 {
  const hash = sha256OfNoble.create();
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => bytesToHex(hash.clone().digest()),
  };
}

export { sha256InJavascript as sha256 };
