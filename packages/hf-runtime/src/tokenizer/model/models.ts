import { bpe } from "./bpe.js";
import { fastBpe } from "./fast-bpe.js";
import type { ModelKind } from "./model.js";
import { unigram } from "./unigram.js";
import { wordLevel } from "./word-level.js";
import { wordPiece } from "./word-piece.js";

/** The kinds of models, by the names of `tokenizers`. */
export const models: readonly ModelKind[] = [bpe, fastBpe, unigram, wordLevel, wordPiece];
