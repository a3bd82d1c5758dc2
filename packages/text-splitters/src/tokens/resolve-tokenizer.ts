import { InvalidOptionError } from "@secondpass/core";
import { checkLength } from "../length/check-length.js";
import type { LengthFunction } from "../length/length-function.js";
import type { TokenCounter } from "./token-counter.js";
import type { TokenEncoder } from "./token-encoder.js";

/** A tokenizer of any kind, with a uniform interface. */
export type ResolvedTokenizer = ResolvedEncoder | ResolvedCounter;

export interface ResolvedEncoder {
  readonly kind: "encoder";
  encode(text: string): Promise<number[]>;
  decode(ids: number[]): Promise<string>;
}

export interface ResolvedCounter {
  readonly kind: "counter";
  count(text: string): Promise<number>;
}

/**
 * @param special number of special tokens that `encode` puts at each end; they are removed
 * @throws {InvalidOptionError} if `tokenizer` can neither encode and decode nor count
 */
export function resolveTokenizer(tokenizer: TokenEncoder | TokenCounter, special = 0): ResolvedTokenizer {
  if (typeof tokenizer === "function") return counter(tokenizer);
  if (isObject(tokenizer)) {
    if ("encode" in tokenizer && "decode" in tokenizer) return encoder(tokenizer, special);
    if ("countTokens" in tokenizer) return counter((text) => tokenizer.countTokens(text));
  }
  throw new InvalidOptionError(
    "tokenizer",
    "an object that can encode and decode, one that can countTokens, or a function from a text to its number of tokens",
    tokenizer,
    "No tokenizer is built in: give the one of your model.",
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function encoder(tokenizer: TokenEncoder, special: number): ResolvedEncoder {
  // A chunk is a part of a text: U+FEFF at its start is not a byte order mark.
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  return {
    kind: "encoder",
    async encode(text) {
      const ids = listOfIds(await tokenizer.encode(text));
      return special === 0 ? ids : ids.slice(special, -special);
    },
    async decode(ids) {
      const decoded: unknown = await tokenizer.decode(ids);
      if (typeof decoded === "string") return decoded;
      // Not by instanceof, because it may come from another realm.
      if (ArrayBuffer.isView(decoded)) return utf8.decode(decoded as Uint8Array);
      throw new InvalidOptionError("tokenizer", "one that decodes to a text or to UTF-8 bytes", decoded);
    },
  };
}

function listOfIds(encoded: unknown): number[] {
  const ids = isObject(encoded) && "ids" in encoded ? encoded.ids : encoded;
  if (isObject(ids) && "length" in ids) return Array.from(ids as ArrayLike<number>);
  throw new InvalidOptionError("tokenizer", "one that encodes to a list of ids, or to { ids }", encoded);
}

function counter(count: LengthFunction): ResolvedCounter {
  return { kind: "counter", count: async (text) => checkLength(await count(text), text) };
}
