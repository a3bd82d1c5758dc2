import { CrossEncoderError } from "./cross-encoder-error.js";

/** Thrown if the number of vectors that embeddings return differs from the number of their texts. */
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
