import type { ScoredPiece, TokenOf } from "./tokenizer-class.js";

/** The pieces of a SentencePiece model in fairseq's order: four special tokens replace the first three, and `<mask>` follows the last. */
export function fairseqPieces(pieces: readonly ScoredPiece[], tokenOf: TokenOf): readonly ScoredPiece[] {
  const special = (["bos_token", "pad_token", "eos_token", "unk_token"] as const).map(tokenOf);
  const mask = tokenOf("mask_token");
  return [...special, ...pieces.slice(3), mask].flatMap((one): ScoredPiece[] =>
    one === undefined ? [] : typeof one === "string" ? [[one, 0]] : [one],
  );
}
