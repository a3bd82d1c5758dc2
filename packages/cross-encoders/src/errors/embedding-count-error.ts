import { CrossEncoderError } from "./cross-encoder-error.js";

/** Thrown if embeddings return another number of vectors than they got texts. */
export class EmbeddingCountError extends CrossEncoderError {
  override readonly name = "EmbeddingCountError";

  /** @param embeddings name of the model */
  constructor(
    readonly embeddings: string,
    readonly texts: number,
    readonly vectors: number,
  ) {
    super(`Expected one vector for each of ${texts} texts, got ${vectors} from ${embeddings}.`);
  }
}
