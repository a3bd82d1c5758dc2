import { sha256 as sha256OfNoble } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Sha256 } from "./sha256.js";

/**
 * SHA-256 without OpenSSL, by @noble/hashes. WebCrypto takes all bytes in one call, and only on pages that came over https. The
 * build for browsers puts this file in the place of `sha256.ts` and has the library inside.
 */
export function sha256InJavascript(): Sha256 {
  const hash = sha256OfNoble.create();
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => bytesToHex(hash.clone().digest()),
  };
}

export { sha256InJavascript as sha256 };
