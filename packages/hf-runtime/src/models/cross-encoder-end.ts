import { InvalidOptionError } from "@secondpass/core";
import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { UnsupportedRerankerError } from "../errors/unsupported-reranker-error.js";
import { wordingOf } from "../graph/architectures/wording-of.js";
import { plainQueries } from "../inputs/plain-queries.js";
import { className } from "../model-source/class-name.js";
import type { ConfigJson } from "../model-source/config-json.js";
import { isListwise } from "../model-source/is-listwise.js";
import { prunesText } from "../model-source/prunes-text.js";
import { listwiseProjector } from "../modules/listwise-projector.js";
import { readListRows } from "../modules/read-list-rows.js";
import { denseRows } from "../modules/read-rows.js";
import { readScoredTokens } from "../modules/read-scored-tokens.js";
import { yesNoScore } from "../modules/yes-no-score.js";
import { type Classification, classificationOf } from "./classification.js";
import type { ModelEnd } from "./model-end.js";

/** Class names of modules that only embedding models have after the transformer, except cross-encoders whose files name their kind. */
const EMBEDDING = ["Pooling", "Dense", "Normalize"];

/**
 * The end of a model that gives scores: a transformer with its architecture's own head, a transformer with modules that make scores of its
 * vectors, or a causal one whose answer LogitScore reads. A causal model without modules.json answers with "yes" or "no", as in
 * sentence-transformers. If its architecture has a wording, it answers with the words of that.
 */
export const crossEncoderEnd: ModelEnd<Classification> = {
  kind: "CrossEncoder",
  loader: "loadCrossEncoder",
  organization: "cross-encoder",
  output: "scores",
  readRows: () => denseRows("scores"),
  readTokenRows(model, config) {
    if (isListwise(config)) return (tokenizer) => readListRows(model, tokenizer);
    return prunesText(config) ? () => readScoredTokens : undefined;
  },
  defaultTask(config) {
    if (isListwise(config)) return "encode";
    if (prunesText(config)) return "classify-tokens";
    return bareAnswer(config) === undefined ? "classify" : "generate";
  },
  defaultModules: async () => [],
  lastModule(model, config) {
    if (isListwise(config)) return () => listwiseProjector;
    if (prunesText(config)) return undefined;
    const answer = bareAnswer(config);
    if (answer === undefined) return undefined;
    return (tokenizer) => yesNoScore(model, answer.architecture, answer.words, tokenizer);
  },
  deferWorkers: true,
  checkOptions({ pooling }) {
    if (pooling !== undefined)
      throw new InvalidOptionError("pooling", "left out, because a reranker has none", pooling);
  },
  checkModules(model, { architectures }, entries, isOwn) {
    const isClassifier = architectures?.some((name) => name.endsWith("ForSequenceClassification"));
    const other = entries.find(({ type }) => EMBEDDING.includes(className(type)));
    if (!isOwn && other && !isClassifier) {
      throw new UnsupportedModuleError("module of a cross-encoder", other.type, [
        "Transformer",
        "LogitScore",
      ]);
    }
    const causal = architectures?.find((name) => name.endsWith("ForCausalLM"));
    if (!isOwn || !causal || entries.length > 1) return;
    throw new UnsupportedRerankerError(model, causal, "its modules.json lists nothing that reads its answer");
  },
  async inputs(inner, { settings }) {
    return settings.tokenHead?.readsPlainQueries ? plainQueries(inner) : inner;
  },
  settings: ({ config, own, ...parts }) => classificationOf(config, own, parts),
};

/** For a model without modules.json that answers with a word: its class and the words. */
function bareAnswer(
  config: ConfigJson,
): { readonly architecture: string; readonly words: readonly [yes: string, no: string] } | undefined {
  const [first = ""] = config.architectures ?? [];
  const wording = wordingOf(config);
  if (wording) return wording.answers && { architecture: first, words: wording.answers };
  return first.endsWith("ForCausalLM") ? { architecture: first, words: ["yes", "no"] } : undefined;
}
