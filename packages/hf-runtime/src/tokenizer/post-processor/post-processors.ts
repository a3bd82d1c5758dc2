import { bertProcessing } from "./bert-processing.js";
import { byteLevel } from "./byte-level.js";
import type { PostProcessorKind } from "./post-processor.js";
import { robertaProcessing } from "./roberta-processing.js";
import { sequence } from "./sequence.js";
import { templateProcessing } from "./template-processing.js";

/** The kinds of post-processors, by the names of `tokenizers`. */
export const postProcessors: readonly PostProcessorKind[] = [
  bertProcessing,
  byteLevel,
  robertaProcessing,
  sequence,
  templateProcessing,
];
