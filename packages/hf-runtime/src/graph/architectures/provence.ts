import { float32Linear } from "../layers/linear.js";
import type { Architecture } from "./architecture.js";
import { debertaV2 } from "./deberta-v2.js";
import { classificationHead, roberta } from "./roberta.js";

/**
 * Naver's Provence, built from published facts: DeBERTa v3 as a reranker, with a second head over its tokens, `token_classifier`. Experimental.
 */
export const provence: Architecture = {
  ...debertaV2,
  modelTypes: ["Provence"],
  tokenizerClasses: { Provence: "DebertaV2Tokenizer" },
};

/** Naver's XProvence, built from published facts: Provence with bge-m3's encoder. Experimental. */
export const xprovence: Architecture = {
  ...roberta,
  modelTypes: ["XProvence", "xprovence"],
  tokenizerClasses: { XProvence: "XLMRobertaTokenizer", xprovence: "XLMRobertaTokenizer" },
  // The head is RoBERTa's, or one layer over the first token.
  classifier: "classifier.weight",
  classify: (m, hidden) =>
    m.has("classifier.out_proj.weight")
      ? classificationHead(m, hidden, "tanh")
      : float32Linear(m, m.firstToken(hidden), "classifier"),
};
