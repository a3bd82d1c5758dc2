import { ResponseFormatError } from "../errors/response-format-error.js";
import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { relevantScore } from "./response/relevant-score.js";

/** Options of {@link huggingFaceTextClassification}. */
export interface HuggingFaceTextClassificationOptions {
  /** Name of the label that means "relevant". @default the only label, else "LABEL_1" */
  readonly label?: string;
}

/**
 * Content handler of the Hugging Face inference toolkit with the task `text-classification` and without a custom script:
 * `{inputs: [{text, text_pair}, …], parameters}` → `[[{label, score}, …], …]`.
 *
 * Scale: raw logits, because `parameters` has `function_to_apply: "none"`. It also has `truncation`, without which a pair that is
 * too long fails, and `top_k: null`, which returns all labels.
 *
 * `modelKwargs` are added to `parameters`.
 */
export function huggingFaceTextClassification(
  options: HuggingFaceTextClassificationOptions = {},
): CrossEncoderContentHandler {
  return jsonContentHandler({
    write: (pairs, modelKwargs) => ({
      inputs: pairs.map(([text, text_pair]) => ({ text, text_pair })),
      parameters: { function_to_apply: "none", truncation: true, top_k: null, ...modelKwargs },
    }),
    read(response) {
      if (!Array.isArray(response)) throw new ResponseFormatError("a list of label lists", response);
      return response.map((labels: unknown) => relevantScore(labels, options.label));
    },
  });
}
