import { graphFeature } from "../graph/graph-features.js";
import { pooling as addPooling } from "../graph/layers/pooling.js";
import { feature } from "./apply/feature.js";
import type { Features } from "./apply/features.js";
import { poolTokens } from "./apply/pool-tokens.js";
import { stacked } from "./apply/stacked.js";
import {
  type PoolingConfig,
  type PoolingJson,
  poolingJson,
  readPoolingConfig,
} from "./config/pooling-config.js";
import type { Module, ModuleKind, ModuleOutput } from "./module.js";

const TYPE = "Pooling";
const SENTENCE_EMBEDDING: ModuleOutput = { feature: "sentence_embedding", per: "text" };

/** Pools token vectors into one vector for each text: [batch, tokens, hidden] → [batch, modes × hidden]. */
export const pooling: ModuleKind = {
  type: TYPE,
  config: poolingJson,
  load: async (_, config: PoolingJson) => poolingOf(readPoolingConfig(config)),
};

/** Makes the module from its settings. */
export function poolingOf({
  modes,
  includePrompt = true,
  width,
}: Pick<PoolingConfig, "modes"> & Partial<PoolingConfig>): Module {
  const loaded: Module = {
    type: TYPE,
    reads: ["token_embeddings"],
    readsTokens: true,
    output: SENTENCE_EMBEDDING,
    width: (hidden) => (hidden ?? width ?? 0) * modes.length,
    apply: async () => (features) => ({
      ...features,
      sentence_embedding: stacked(poolTokens(tokenVectors(features), modes, promptLength(features))),
    }),
    readsPromptLength: !includePrompt,
    readsFirstTokenOnly: includePrompt && modes.every((mode) => mode === "cls"),
  };
  // The prompt's number of tokens differs between calls, and a graph would need one more input for it.
  if (!includePrompt) return loaded;
  return {
    ...loaded,
    build(graph, features) {
      const tokens = graphFeature(features, "token_embeddings", TYPE);
      return { ...features, sentence_embedding: addPooling(graph, tokens, modes, graph.firstTokenOnly) };
    },
  };
}

function tokenVectors(features: Features) {
  const { data, dims } = feature(features, "token_embeddings", TYPE);
  const [rows = 0, tokens = 0, width = 0] = dims;
  const mask = feature(features, "attention_mask", TYPE);
  return { data: data as Float32Array, rows, tokens, width, mask: mask.data as Int32Array };
}

function promptLength(features: Features): number {
  return features.prompt_length?.data[0] ?? 0;
}
