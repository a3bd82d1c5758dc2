import { TinyModels as Models } from "@secondpass/test-kit";
import { HuggingFaceCrossEncoder, type HuggingFaceCrossEncoderFields } from "../../src/huggingface/index.js";

/** Cross-encoders with hf-runtime's tiny models. */
export class TinyModels extends Models<HuggingFaceCrossEncoderFields, HuggingFaceCrossEncoder> {
  constructor() {
    super((fields) => new HuggingFaceCrossEncoder(fields));
  }
}

/** Largest difference from PyTorch float32, whose sums have another order; worst seen 1.5e-6, for a score of 2. */
export const FLOAT32_TOLERANCE = 2e-6;
