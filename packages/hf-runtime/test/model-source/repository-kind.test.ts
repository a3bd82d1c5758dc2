import { describe, expect, it } from "@jest/globals";
import { type RepositoryFacts, repositoryKind } from "../../src/model-source/repository-kind.js";

const CONFIG = { model_type: "bert", architectures: ["BertModel"] };
const FILES = ["config.json", "model.safetensors", "tokenizer.json"];
const MODULES = "sentence_transformers.models";
const kindOf = (facts: Partial<RepositoryFacts>) =>
  repositoryKind({ paths: FILES, config: CONFIG, modules: undefined, modelType: undefined, ...facts })?.name;
const list = (...names: string[]) => names.map((name) => `${MODULES}.${name}`);

describe("a repository is", () => {
  it.each<[string, string | undefined, Partial<RepositoryFacts>]>([
    ["all-MiniLM-L6-v2", "SentenceTransformer", { modules: list("Transformer", "Pooling", "Normalize") }],
    [
      "Qwen3-Embedding",
      "SentenceTransformer",
      {
        config: { model_type: "qwen3", architectures: ["Qwen3ForCausalLM"] },
        modules: list("Transformer", "Pooling", "Normalize"),
        modelType: "SentenceTransformer",
      },
    ],
    ["potion", "SentenceTransformer", { modules: list("StaticEmbedding", "Normalize") }],
    [
      "ettin-reranker",
      "CrossEncoder",
      {
        modules: list("Transformer", "Pooling", "Dense", "LayerNorm", "Dense"),
        modelType: "CrossEncoder",
      },
    ],
    ["Qwen3-Reranker saved with its answer", "CrossEncoder", { modules: list("Transformer", "LogitScore") }],
    ["splade-v3", "SparseEncoder", { modules: list("MLMTransformer", "SpladePooling") }],
    [
      "a sparse encoder that says so",
      "SparseEncoder",
      { modules: list("Router"), modelType: "SparseEncoder" },
    ],
    [
      "a ColBERT of sentence-transformers",
      "MultiVectorEncoder",
      { modules: list("Transformer", "Dense", "Normalize", "MultiVectorMask") },
    ],
    ["colbertv2.0", "MultiVectorEncoder", { config: { model_type: "bert", architectures: ["HF_ColBERT"] } }],
    [
      "adapters for the repository's own code",
      "adapter",
      { paths: [...FILES, "adapters/retrieval/adapter_config.json"] },
    ],
    ["an adapter", "adapter", { paths: ["adapter_config.json", "adapter_model.safetensors"], config: {} }],
    [
      "a model with an adapter next to it",
      "adapter",
      { paths: [...FILES, "adapter_config.json", "adapter_model.safetensors"] },
    ],
    ["only GGUF", "gguf", { paths: ["model-Q4_K_M.gguf", "config.json"] }],
    ["GGUF next to safetensors", undefined, { paths: [...FILES, "model-Q4_K_M.gguf"] }],
    [
      "Qwen3-VL-Reranker, whose text half is supported",
      undefined,
      { config: { model_type: "qwen3_vl", vision_config: {} } },
    ],
    ["a model of images and text", "media", { config: { model_type: "qwen3_vl_moe" } }],
    ["a model with a vision tower", "media", { config: { model_type: "new", vision_config: {} } }],
    [
      "CLIP's text side as ONNX",
      undefined,
      { paths: ["onnx/text_model.onnx"], config: { model_type: "clip" } },
    ],
    ["bge-reranker-base", undefined, { config: { architectures: ["XLMRobertaForSequenceClassification"] } }],
    ["only a transformer", undefined, { modules: list("Transformer") }],
    ["a causal model", undefined, { config: { model_type: "qwen3", architectures: ["Qwen3ForCausalLM"] } }],
    ["only pickles", undefined, { paths: ["config.json", "pytorch_model.bin"] }],
    ["an empty folder", undefined, { paths: [], config: {} }],
  ])("%s: %s", (_, expected, facts) => {
    expect(kindOf(facts)).toBe(expected);
  });
});
