import { TinyModels as Models } from "@secondpass/test-kit";
import { HuggingFaceEmbeddings, type HuggingFaceEmbeddingsFields } from "../src/index.js";

/** Embeddings with hf-runtime's tiny models. */
export class TinyModels extends Models<HuggingFaceEmbeddingsFields, HuggingFaceEmbeddings> {
  constructor() {
    super((fields) => new HuggingFaceEmbeddings(fields));
  }
}

/** Largest difference of an element from PyTorch float32, whose sums have another order; worst seen 1.3e-6. */
export const FLOAT32_TOLERANCE = 2e-6;
