import { describe, expect, it } from "@jest/globals";
import { ModelConfigError } from "../../../src/errors/model-config-error.js";
import { ModelFileNotFoundError } from "../../../src/errors/model-file-not-found-error.js";
import { NoSafetensorsError } from "../../../src/errors/no-safetensors-error.js";
import { UnsupportedArchitectureError } from "../../../src/errors/unsupported-architecture-error.js";
import { architectures } from "../../../src/graph/architectures/architectures.js";
import { buildGraph } from "../../../src/graph/build-graph.js";
import { checkJson } from "../../../src/json/check-json.js";
import { findWeightFiles } from "../../../src/model-source/find-weight-files.js";
import type { ModelFiles } from "../../../src/model-source/model-files.js";
import { classifiers, type GraphCase, golden, modelOf } from "../run-graph.js";

const bert = classifiers.find((test) => test.model === "bert-cross-encoder") as GraphCase;

function building(patch: Record<string, unknown>, test = bert) {
  const source = modelOf(test);
  return buildGraph({ ...source, config: { ...source.config, ...patch }, task: "classify" });
}

/** A repository with file names only. */
function repository(json: Record<string, unknown>): ModelFiles {
  return {
    model: "someone/model",
    commit: undefined,
    list: async () => Object.keys(json).sort(),
    has: async (path) => path in json,
    localPath: async (path) => `/models/${path}`,
    notFound: async (path) => new ModelFileNotFoundError("someone/model", path, Object.keys(json)),
    readJson: async (path, schema) =>
      path in json ? checkJson("someone/model", path, schema, json[path]) : undefined,
  };
}

describe("An architecture", () => {
  it("that is not supported is named in the error, with the supported ones", async () => {
    const unknown = building({ model_type: "perceiver", architectures: ["PerceiverModel"] });
    await expect(unknown).rejects.toThrow(UnsupportedArchitectureError);
    await expect(unknown).rejects.toThrow(`"perceiver"`);
    for (const type of architectures.flatMap((one) => one.modelTypes))
      await expect(unknown).rejects.toThrow(type);
  });

  it.each([{ is_decoder: true }, { architectures: ["BertForCausalLM"] }])(
    "with attention in both directions throws if it is configured as a decoder: %j",
    async (patch) => {
      await expect(building(patch)).rejects.toThrow(/configured as a decoder/);
    },
  );

  it("with an unknown activation lists the known ones", async () => {
    await expect(building({ hidden_act: "xielu" })).rejects.toThrow(/gelu, gelu_python.*got "xielu"/);
  });

  it.each([
    [{ num_hidden_layers: 0 }, /"num_hidden_layers".*at least 1 and at most 256, got 0/],
    [{ num_attention_heads: "four" }, /"num_attention_heads".*got "four"/],
    [{ layer_norm_eps: null, num_hidden_layers: 1.5 }, /got 1.5/],
    [
      { position_embedding_type: "relative_key" },
      /"position_embedding_type".*"absolute", got "relative_key"/,
    ],
    [{ num_attention_heads: 5 }, /"num_attention_heads".*divides 32/],
  ])("with an impossible setting throws an error that names it: %j", async (patch, message) => {
    await expect(building(patch)).rejects.toThrow(ModelConfigError);
    await expect(building(patch)).rejects.toThrow(message);
  });

  it("throws when the graph is built from another architecture's weights", async () => {
    const modernbert = classifiers.find((test) => test.model === "modernbert") as GraphCase;
    const source = modelOf(modernbert);
    const wrong = buildGraph({ ...modelOf(bert), weightFiles: source.weightFiles, task: "classify" });
    await expect(wrong).rejects.toThrow(/Expected a tensor "bert.embeddings.position_embeddings.weight" or/);
  });

  it("throws for an unknown kind of rotation", async () => {
    const modernbert = classifiers.find((test) => test.model === "modernbert") as GraphCase;
    const spiral = { rope_type: "spiral", rope_theta: 10_000 };
    const patch = { rope_parameters: { full_attention: spiral, sliding_attention: spiral } };
    await expect(building(patch, modernbert)).rejects.toThrow(/"rope_type".*"default".*, got "spiral"/);
  });
});

describe("An unsupported setting that changes the results", () => {
  it.each([
    ["deberta", { talking_head: true }, /"talking_head".*false, got true/],
    ["hub-gte", { logn_attention_scale: true }, /"logn_attention_scale"/],
    ["hub-gte", { layer_norm_type: "rms_norm" }, /"layer_norm_type".*"layer_norm", got "rms_norm"/],
    ["hub-gte", { position_embedding_type: "absolute" }, /"position_embedding_type".*"rope", got "absolute"/],
    ["hub-gte", { rope_scaling: { type: "ntk", factor: 2, mixed_b: 0.6 } }, /"mixed_b"/],
    ["gte", { rope_parameters: { rope_type: "spiral" } }, /"rope_type".*got "spiral"/],
    ["hub-nomic", { prenorm: true }, /"prenorm"/],
    ["hub-nomic", { use_rms_norm: true }, /"use_rms_norm"/],
    ["hub-nomic", { parallel_block: true }, /"parallel_block"/],
    ["hub-nomic", { causal: true }, /"causal"/],
    ["hub-nomic", { rotary_emb_interleaved: true }, /"rotary_emb_interleaved"/],
    ["hub-nomic", { rotary_emb_fraction: 0.5 }, /"rotary_emb_fraction".*1, got 0.5/],
    ["hub-nomic", { rotary_scaling_factor: 2 }, /"rotary_scaling_factor"/],
    ["hub-nomic", { rotary_emb_scale_base: 512 }, /"rotary_emb_scale_base"/],
    ["hub-nomic", { scale_attn_weights: false }, /"scale_attn_weights"/],
    ["hub-nomic-moe", { expert_choice_router: true }, /"expert_choice_router"/],
    ["hub-nomic-moe", { num_shared_experts: 1 }, /"num_shared_experts"/],
    ["hub-nomic-moe", { moe_normalize_expert_weights: 2 }, /"moe_normalize_expert_weights"/],
    ["hub-nomic-moe", { moe_top_k: 6 }, /"moe_top_k".*at most 5/],
    ["hub-jina-bert", { feed_forward_type: "original" }, /"feed_forward_type"/],
    ["hub-jina-flash", { position_embedding_type: "alibi" }, /"position_embedding_type"/],
    ["eurobert", { classifier_pooling: "last" }, /"classifier_pooling".*"late", got "last"/],
    ["eurobert", { head_dim: 5 }, /"head_dim"/],
    ["t5", { feed_forward_proj: "gated-gelu-new" }, /"feed_forward_proj"/],
    ["t5", { relative_attention_num_buckets: 2 }, /"relative_attention_num_buckets".*at least 4/],
    ["t5", { relative_attention_max_distance: 2 }, /"relative_attention_max_distance".*more than 2/],
    ["t5", { is_decoder: true }, /configured as a decoder/],
  ])("is named in an error: %s %j", async (model, patch, message) => {
    const test = golden.cases.find((one) => one.model === model) as GraphCase;
    const source = modelOf(test);
    const built = buildGraph({ ...source, config: { ...source.config, ...patch }, task: "encode" });
    const failing = model === "eurobert" ? building(patch, test) : built;
    await expect(Promise.all([built, failing])).rejects.toThrow(message);
  });
});

describe("A repository's weights", () => {
  it("are one file, or the shards that the index names, each once", async () => {
    expect(await findWeightFiles(repository({ "model.safetensors": {}, "pytorch_model.bin": {} }))).toEqual([
      "/models/model.safetensors",
    ]);
    const weight_map = { b: "model-2.safetensors", a: "model-1.safetensors", c: "model-1.safetensors" };
    expect(await findWeightFiles(repository({ "model.safetensors.index.json": { weight_map } }))).toEqual([
      "/models/model-1.safetensors",
      "/models/model-2.safetensors",
    ]);
  });

  it("are PyTorch's if there are no safetensors", async () => {
    expect(await findWeightFiles(repository({ "config.json": {}, "pytorch_model.bin": {} }))).toEqual([
      "/models/pytorch_model.bin",
    ]);
    const weight_map = { b: "pytorch_model-2.bin", a: "pytorch_model-1.bin" };
    expect(await findWeightFiles(repository({ "pytorch_model.bin.index.json": { weight_map } }))).toEqual([
      "/models/pytorch_model-1.bin",
      "/models/pytorch_model-2.bin",
    ]);
  });

  it("throw if they are only in TensorFlow's format, and the error says how to convert them", async () => {
    const finding = findWeightFiles(repository({ "config.json": {}, "tf_model.h5": {} }));
    await expect(finding).rejects.toThrow(NoSafetensorsError);
    await expect(finding).rejects.toThrow(
      /only tf_model\.h5.*from_pretrained\("someone\/model", from_tf=True\)\.save_pretrained/,
    );
  });

  it("throw if their index names no files", async () => {
    await expect(
      findWeightFiles(repository({ "model.safetensors.index.json": { weight_map: 3 } })),
    ).rejects.toThrow(/weight_map/);
  });
});
