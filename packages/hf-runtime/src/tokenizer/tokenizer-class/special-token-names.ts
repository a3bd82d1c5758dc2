import type { SpecialTokenJson } from "../json/special-token-json.js";

/** The names of special tokens, in transformers' order. */
export const SPECIAL_TOKEN_NAMES = [
  "bos_token",
  "eos_token",
  "unk_token",
  "sep_token",
  "pad_token",
  "cls_token",
  "mask_token",
] as const;

export type SpecialTokenName = (typeof SPECIAL_TOKEN_NAMES)[number];

/** Tokens by their names. */
export type SpecialTokenNames = Readonly<Partial<Record<SpecialTokenName, SpecialTokenJson>>>;
