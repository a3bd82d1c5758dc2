import { workSlices } from "@secondpass/core";
import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";
import { readFields } from "../protobuf/read-fields.js";

/** A piece of a SentencePiece model. */
export interface SentencePiece {
  readonly piece: string;
  readonly score: number;
  /** 1: normal, 2: unknown, 3: control, 4: user-defined, 5: unused, 6: a byte. */
  readonly type: number;
}

/** The parts of a SentencePiece model (the file `*.model`) that are read. */
export interface SentencePieceModel {
  /** By their ids. */
  readonly pieces: readonly SentencePiece[];
  /** Id of the unknown piece. */
  readonly unknownId: number;
  /** Rules of normalization, as a Precompiled normalizer has them; empty if there are none. */
  readonly charsmap: Uint8Array;
}

/** The largest vocabularies have 260,000 pieces. */
const MAX_PIECES = 4_000_000;

/** From sentencepiece_model.proto: fields of ModelProto, SentencePiece, TrainerSpec and NormalizerSpec. */
const MODEL = { pieces: 1, trainer: 2, normalizer: 3 };
const PIECE = { piece: 1, score: 2, type: 3 };
const UNKNOWN_ID = 40;
const CHARSMAP = 2;

const NORMAL = 1;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a SentencePiece model.
 * @param model id or path of the model, and `path` of the file in it, for errors
 * @throws MalformedModelFileError if it is not one
 */
export async function sentencePiece(
  model: string,
  path: string,
  bytes: Uint8Array,
): Promise<SentencePieceModel> {
  const pieces: SentencePiece[] = [];
  let unknownId = 0;
  let charsmap: Uint8Array = new Uint8Array();
  const slices = workSlices();
  try {
    for (const { number, bytes: content } of readFields(bytes)) {
      if (number === MODEL.pieces) {
        if (pieces.length >= MAX_PIECES) throw new RangeError(`It has more than ${MAX_PIECES} pieces`);
        pieces.push(readPiece(content));
        if (pieces.length % 1024 === 0 && slices.due()) await slices.pause();
      } else if (number === MODEL.trainer) {
        for (const field of readFields(content)) if (field.number === UNKNOWN_ID) unknownId = field.value;
      } else if (number === MODEL.normalizer) {
        for (const field of readFields(content)) if (field.number === CHARSMAP) charsmap = field.bytes;
      }
    }
    if (pieces.length === 0) throw new RangeError("It has no pieces");
    if (unknownId >= pieces.length) throw new RangeError("Its unknown piece is not one of its pieces");
  } catch (cause) {
    throw new MalformedModelFileError(model, path, "a SentencePiece model", { cause });
  }
  return { pieces, unknownId, charsmap };
}

function readPiece(message: Uint8Array): SentencePiece {
  let piece = "";
  let score = 0;
  let type = NORMAL;
  for (const { number, wireType, value, bytes } of readFields(message)) {
    if (number === PIECE.piece) piece = decoder.decode(bytes);
    else if (number === PIECE.score && wireType === 5)
      score = new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
    else if (number === PIECE.type) type = value;
  }
  if (!Number.isFinite(score)) throw new RangeError("A piece has a score that is not a finite number");
  return { piece, score, type };
}
