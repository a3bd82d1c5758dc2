import { workSlices } from "@secondpass/core";
import { MissingWeightError } from "../errors/missing-weight-error.js";
import { WeightShapeError } from "../errors/weight-shape-error.js";
import { bareInputs } from "../inputs/bare-inputs.js";
import { filesInFolder } from "../model-source/files-in-folder.js";
import { numberRows } from "../safetensors/number-rows.js";
import { readIntegers } from "../safetensors/read-integers.js";
import { loadBareTokenizer } from "../tokenizer/load-bare-tokenizer.js";
import type { Encoding } from "../tokenizer/text-tokenizer.js";
import type { ModuleWeights } from "./config/module-files.js";
import type { Module, ModuleKind } from "./module.js";

const TYPE = "StaticEmbedding";
/** Names of the table in files of sentence-transformers and of model2vec. */
const TABLES = ["embedding.weight", "embeddings"];
/** Tensors of model2vec: the row of each token, and the factor of each token's row. */
const MAPPING = "mapping";
const WEIGHTS = "weights";
/** Tokens between two checks of the clock: some 10 µs. */
const TOKENS_PER_CHECK = 64;

/** Averages the tokens' rows in a table, without special tokens and for texts of any length. An empty text gives zeros. */
export const staticEmbedding: ModuleKind = {
  type: TYPE,
  isInput: true,
  async load(files): Promise<Module> {
    const weights = await files.openWeights();
    const table = TABLES.find((name) => weights.has(name));
    if (table === undefined) {
      const names = weights.tensors.map(({ name }) => name);
      throw new MissingWeightError(TABLES[0]!, TABLES, names);
    }
    const [, width] = weights.matrixShape(table);
    return {
      type: TYPE,
      output: { feature: "sentence_embedding", per: "text" },
      width: () => width,
      async openTable({ maxLength }) {
        const own = filesInFolder(files.repository, files.folder);
        const tokenizer = await loadBareTokenizer(own, maxLength);
        const rows = await tokenRows(weights, table);
        return { tokenizer, inputs: bareInputs(tokenizer), embed: (texts) => meansOf(texts, rows) };
      },
    };
  },
};

/** The rows of a table by token. */
interface TokenRows {
  readonly name: string;
  readonly tokens: number;
  readonly width: number;
  /** Adds a token's row to sums. */
  addTo(sums: Float64Array, token: number): void;
}

async function tokenRows(weights: ModuleWeights, name: string): Promise<TokenRows> {
  const tensor = weights.location(name);
  const [rows, width] = weights.matrixShape(name);
  // sentence-transformers' own table always has a row for each token, even if the file has the other tensors.
  const isMapped = name !== TABLES[0];
  const mapping = isMapped && weights.has(MAPPING) ? await rowOfTokens(weights, rows) : undefined;
  const tokens = mapping?.length ?? rows;
  let factors: Float32Array | undefined;
  if (isMapped && weights.has(WEIGHTS)) {
    weights.checkShape(WEIGHTS, [tokens]);
    factors = await weights.read(WEIGHTS);
  }
  const rowAt = await numberRows(tensor);
  return {
    name,
    tokens,
    width,
    addTo(sums, token) {
      const row = rowAt(mapping ? mapping[token]! : token);
      const factor = factors ? factors[token]! : 1;
      for (let i = 0; i < width; i++) sums[i] = sums[i]! + row[i]! * factor;
    },
  };
}

/** Reads the row of each token: [tokens]. */
async function rowOfTokens(weights: ModuleWeights, rows: number): Promise<ArrayLike<number>> {
  const { length } = weights.shape(MAPPING);
  if (length !== 1) throw new WeightShapeError(MAPPING, "a vector", `[${weights.shape(MAPPING)}]`);
  const mapping = await readIntegers(weights.location(MAPPING));
  for (let token = 0; token < mapping.length; token++) {
    const row = mapping[token]!;
    if (row >= 0 && row < rows) continue;
    throw new WeightShapeError(
      MAPPING,
      `positions in a table of ${rows} rows, from 0 on`,
      `${row} for token ${token}`,
    );
  }
  return mapping;
}

/** Averages the rows of each text's tokens: [texts, width]. */
async function meansOf(texts: readonly Encoding[], rows: TokenRows) {
  const { width } = rows;
  const slices = workSlices(undefined, { stepsPerCheck: TOKENS_PER_CHECK });
  const data = new Float32Array(texts.length * width);
  const sums = new Float64Array(width);
  for (const [index, { ids }] of texts.entries()) {
    if (ids.length === 0) continue;
    sums.fill(0);
    for (const id of ids) {
      if (slices.due()) await slices.pause();
      if (id >= rows.tokens) {
        throw new WeightShapeError(
          rows.name,
          `a row for token ${id} of its tokenizer`,
          `${rows.tokens} rows`,
        );
      }
      rows.addTo(sums, id);
    }
    for (let i = 0; i < width; i++) data[index * width + i] = sums[i]! / ids.length;
  }
  return { sentence_embedding: { data, dims: [texts.length, width] } };
}
