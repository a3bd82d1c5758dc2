import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { WeightShapeError } from "../errors/weight-shape-error.js";
import { architectureTokenizers } from "../graph/architectures/architecture-tokenizers.js";
import { bareInputs } from "../inputs/bare-inputs.js";
import { filesInFolder } from "../model-source/files-in-folder.js";
import { loadTokenizer } from "../tokenizer/load-tokenizer.js";
import { feature } from "./apply/feature.js";
import type { Features } from "./apply/features.js";
import {
  type SparseStaticEmbeddingJson,
  sparseStaticEmbeddingJson,
} from "./config/sparse-static-embedding-json.js";
import type { Module, ModuleKind } from "./module.js";

const TYPE = "SparseStaticEmbedding";
const WEIGHT = "weight";
const OUTPUT = "sentence_embedding";

/**
 * Gives a weight for each token of a text, such as its inverse document frequency, however often it occurs: [batch, vocabulary]. After
 * another module it multiplies that module's weights.
 */
export const sparseStaticEmbedding: ModuleKind = {
  type: TYPE,
  isInput: true,
  config: sparseStaticEmbeddingJson,
  async load(files, { path }: SparseStaticEmbeddingJson): Promise<Module> {
    if (path?.endsWith(".json")) {
      throw new UnsupportedModuleError("module", `${TYPE} with the weights of "${path}"`, [
        `${TYPE} with its own weights`,
      ]);
    }
    const weights = await files.openWeights();
    const shape = weights.shape(WEIGHT);
    const [dimensions = 0] = shape;
    if (shape.length !== 1) throw new WeightShapeError(WEIGHT, "a vector", `[${shape}]`);
    const presence = (values: Float32Array, rows: readonly Iterable<number>[]) => {
      const data = new Float32Array(rows.length * dimensions);
      for (const [row, ids] of rows.entries()) {
        for (const id of ids) {
          if (id >= dimensions) {
            throw new WeightShapeError(
              WEIGHT,
              `a weight for token ${id} of its tokenizer`,
              `${dimensions} weights`,
            );
          }
          data[row * dimensions + id] = values[id]!;
        }
      }
      return { data, dims: [rows.length, dimensions] };
    };
    return {
      type: TYPE,
      mayRead: [OUTPUT],
      output: { feature: OUTPUT, per: "text" },
      width: () => dimensions,
      async openTable({ maxLength }) {
        const values = await weights.read(WEIGHT);
        const own = filesInFolder(files.repository, files.folder);
        const options = { maxLength, sentenceConfig: false, architectures: architectureTokenizers };
        const tokenizer = await loadTokenizer(own, options);
        return {
          tokenizer,
          inputs: bareInputs(tokenizer),
          embed: async (texts) => ({
            [OUTPUT]: presence(
              values,
              texts.map(({ ids }) => ids),
            ),
          }),
        };
      },
      async apply() {
        const values = await weights.read(WEIGHT);
        return (features) => {
          const found = presence(values, idsOf(features));
          const before = features[OUTPUT]?.data;
          if (before) for (let i = 0; i < before.length; i++) found.data[i] = found.data[i]! * before[i]!;
          return { ...features, [OUTPUT]: found };
        };
      },
    };
  },
};

/** The token ids of each row, without padding. */
function idsOf(features: Features): number[][] {
  const { data: ids, dims } = feature(features, "input_ids", TYPE);
  const { data: mask } = feature(features, "attention_mask", TYPE);
  const [rows = 0, tokens = 0] = dims;
  return Array.from({ length: rows }, (_, row) =>
    Array.from(ids.subarray(row * tokens, (row + 1) * tokens)).filter((_, i) => mask[row * tokens + i] === 1),
  );
}
