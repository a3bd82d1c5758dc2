import type { ScoredPiece, TokenOf } from "./tokenizer-class.js";

/** The pieces of a SentencePiece model as fairseq numbers them: four special tokens in place of the first three, `<mask>` behind the last. */
export function fairseqPieces(pieces: readonly ScoredPiece[], tokenOf: TokenOf): readonly ScoredPiece[] {
  const special = (["bos_token", "pad_token", "eos_token", "unk_token"] as const).map(tokenOf);
  const mask = tokenOf("mask_token");
  return [...special, ...pieces.slice(3), mask].flatMap((one): ScoredPiece[] =>
    one === undefined ? [] : typeof one === "string" ? [[one, 0]] : [one],
  );
}
