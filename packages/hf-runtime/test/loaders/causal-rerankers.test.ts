import { describe, expect, it } from "@jest/globals";
import { ChatTemplateError } from "../../src/errors/chat-template-error.js";
import { MalformedModelFileError } from "../../src/errors/malformed-model-file-error.js";
import { MissingFeatureError } from "../../src/errors/missing-feature-error.js";
import { ModelConfigError } from "../../src/errors/model-config-error.js";
import { PositionLimitError } from "../../src/errors/position-limit-error.js";
import { UnsupportedRerankerError } from "../../src/errors/unsupported-reranker-error.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { causalRerankerFolder, causalRerankers } from "../support/causal-rerankers.js";

/** Largest difference from PyTorch's float32, in logits. */
const LOGIT_TOLERANCE = 1e-4;
/** Largest error of int8 in a logit of these random models. */
const MAX_DRIFT = 1;
const FLAT = "qwen3 with a flat template";
const BARE = "qwen2 without modules.json";

const load = (model: string, options: object = {}) =>
  loadCrossEncoder({ model, threads: 1, worker: false, ...options });
const worst = (rows: readonly Float32Array[], expected: readonly number[]) =>
  Math.max(...rows.map(([value], i) => Math.abs(value! - expected[i]!)));

describe("A reranker that is a causal model", () => {
  it.each(Object.keys(causalRerankers.models))("scores as in sentence-transformers: %s", async (name) => {
    await using model = await load(causalRerankerFolder(name));
    expect(model.numLabels).toBe(1);
    for (const { options, pairs, logits, scores } of causalRerankers.models[name]!.runs) {
      const together = await model.logits(pairs, options);
      expect(worst(together, logits)).toBeLessThan(LOGIT_TOLERANCE);
      for (const [i, pair] of pairs.entries()) {
        expect(worst(await model.logits([pair], options), [logits[i]!])).toBeLessThan(LOGIT_TOLERANCE);
      }
      expect(worst(await model.predict(pairs, options), scores)).toBeLessThan(LOGIT_TOLERANCE);
    }
  });

  it("scores in int8, near float32", async () => {
    const folder = causalRerankerFolder(FLAT);
    const { pairs, logits } = causalRerankers.models[FLAT]!.runs[0]!;
    await using quick = await load(folder, { dtype: "int8" });
    const drift = worst(await quick.logits(pairs), logits);
    expect(drift).toBeGreaterThan(0);
    expect(drift).toBeLessThan(MAX_DRIFT);
  });

  it("counts the tokens that it reads, with the prompt or without", async () => {
    await using model = await load(causalRerankerFolder(FLAT));
    const bare = model.countTokens("a", "b");
    expect(model.countTokens("a", "b", { prompt: "" })).toBe(bare);
    // The template has its own task, which the prompt replaces.
    expect(model.countTokens("a", "b", { prompt: "x" })).toBeLessThan(bare);
    expect(model.countTokens("a", "b", {})).toBe(
      model.countTokens("a", "b", { prompt: "Find the page that answers" }),
    );
  });

  it("answers after the template's end, for texts of any length", async () => {
    await using model = await load(causalRerankerFolder("qwen2 that cuts"));
    const long = "word ".repeat(1000);
    const [[once], [twice]] = (await model.logits([
      ["q", long],
      ["q", long + long],
    ])) as [Float32Array, Float32Array];
    expect(Math.abs(once! - twice!)).toBeLessThan(LOGIT_TOLERANCE);
  });

  it("with a dynamic rotation has no more positions than config.json states", async () => {
    const config = causalRerankers.models[BARE]!.files["config.json"] as object;
    const rope_parameters = { rope_type: "dynamic", factor: 2, rope_theta: 10_000 };
    const folder = causalRerankerFolder(BARE, { "config.json": { ...config, rope_parameters } });
    await using model = await load(folder, { maxLength: 256 });
    expect(model.maxLength).toBe(256);
    await expect(load(folder, { maxLength: 257 })).rejects.toThrow(PositionLimitError);
  });

  it.each([
    {
      problem: "a template of a chat alone",
      name: FLAT,
      changes: {
        "chat_template.jinja": "{% for m in messages if m.role == 'user' %}{{ m.content }}{% endfor %}",
      },
      error: ChatTemplateError,
      message: /leaves out messages of role "query" and "document"/,
    },
    {
      problem: "a template without the document",
      name: BARE,
      changes: {
        "chat_template.jinja":
          "{{ messages | selectattr('role', 'eq', 'query') | map(attribute='content') | first }}",
      },
      error: ChatTemplateError,
      message: /role "document"/,
    },
    {
      problem: "a template that raises",
      name: BARE,
      changes: { "chat_template.jinja": "{{ raise_exception('no') }}" },
      error: ChatTemplateError,
      message: /rendering it fails/,
    },
    {
      problem: "messages without a template",
      name: FLAT,
      changes: { "chat_template.jinja": undefined },
      error: ChatTemplateError,
      message: /has none, though its inputs are messages/,
    },
    {
      problem: "no token to answer with",
      name: BARE,
      changes: {
        "tokenizer.json": JSON.parse(
          JSON.stringify(causalRerankers.files.plain).replaceAll('"yes"', '"Yes"'),
        ) as object,
      },
      error: UnsupportedRerankerError,
      message: /Qwen2ForCausalLM.*no token "yes"/,
    },
    {
      problem: "modules that read no answer",
      name: FLAT,
      changes: {
        "modules.json": [{ idx: 0, name: "0", path: "", type: "sentence_transformers.models.Transformer" }],
      },
      error: UnsupportedRerankerError,
      message: /nothing that reads its answer/,
    },
    {
      problem: "an answer of no token",
      name: FLAT,
      changes: { "1_LogitScore/config.json": { true_token_id: "yes" } },
      error: MalformedModelFileError,
      message: /"true_token_id" in "1_LogitScore.config.json".*a token's id/,
    },
    {
      problem: "an answer outside the vocabulary",
      name: FLAT,
      changes: { "1_LogitScore/config.json": { true_token_id: 3, false_token_id: 300 } },
      error: ModelConfigError,
      message: /"false_token_id".*below 300.*got 300/,
    },
    {
      problem: "an answer read from something else",
      name: FLAT,
      changes: { "1_LogitScore/config.json": { true_token_id: 3, module_input_name: "token_embeddings" } },
      error: MissingFeatureError,
      message: /LogitScore reads "token_embeddings".*there are causal_logits/,
    },
  ])("throws an error that says what is wrong: $problem", async ({ name, changes, error, message }) => {
    const loading = load(causalRerankerFolder(name, changes));
    await expect(loading).rejects.toThrow(error);
    await expect(loading).rejects.toThrow(message);
  });
});
