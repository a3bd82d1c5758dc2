import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "@jest/globals";
import { batchRules } from "../../src/batch/batch-rules.js";
import { toFeeds } from "../../src/batch/to-feeds.js";
import { UnsupportedInputError } from "../../src/errors/unsupported-input-error.js";
import { UnsupportedOutputError } from "../../src/errors/unsupported-output-error.js";
import { ElementType } from "../../src/graph/onnx/element-type.js";
import { bytesOf, GraphBuilder } from "../../src/graph/onnx/graph-builder.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { openSession } from "../../src/session/open-session.js";
import { alteredModel } from "../support/altered-model.js";
import { causalRerankerFolder, causalRerankers } from "../support/causal-rerankers.js";
import { toySpec } from "../support/toy-model.js";

interface PastGolden {
  readonly texts: readonly (readonly number[])[];
  readonly config: { readonly num_key_value_heads: number; readonly head_dim: number };
  readonly cases: readonly {
    readonly name: string;
    /** Base64 of gzip. */
    readonly model: string;
    readonly output: string;
    readonly rows: readonly (readonly number[])[];
  }[];
}

const GOLDEN = join(__dirname, "../goldens/models/onnx-past.json");
const { texts, config, cases } = JSON.parse(readFileSync(GOLDEN, "utf8")) as PastGolden;
const PAST = { heads: config.num_key_value_heads, size: config.head_dim };
/** Tolerance for float16, which has 11 bits. */
const toleranceOf = (name: string) => (name.includes("float16") ? 2e-3 : 1e-5);

const root = mkdtempSync(join(tmpdir(), "secondpass-onnx-past-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Texts with padding on one side. */
function batchOf(rows: readonly (readonly number[])[], side: "left" | "right") {
  const tokens = Math.max(...rows.map(({ length }) => length));
  const padded = (make: (id: number) => number) =>
    Int32Array.from(
      rows.flatMap((ids) => {
        const padding = new Array<number>(tokens - ids.length).fill(0);
        const own = ids.map(make);
        return side === "left" ? [...padding, ...own] : [...own, ...padding];
      }),
    );
  return {
    rows: rows.length,
    tokens,
    inputIds: padded((id) => id),
    attentionMask: padded(() => 1),
    typeIds: padded(() => 0),
    indices: rows.map((_, i) => i),
    allThreads: false,
  };
}

describe("An ONNX file with keys and values of earlier tokens as inputs", () => {
  for (const isolation of ["none", "worker"] as const) {
    it.each(cases)(
      `gives Python's numbers, isolation ${isolation}: $name`,
      async ({ name, model, output, rows }) => {
        const spec = toySpec({ source: gunzipSync(Buffer.from(model, "base64")) });
        const session = await openSession(spec, { isolation, deferWorkers: false });
        try {
          for (const side of ["left", "right"] as const) {
            // For texts that are padded on the left, only the last token's logits are right.
            const lastTokenOnly = side === "left";
            const { others } = batchRules(session.inputs, { past: PAST, lastTokenOnly });
            const batch = batchOf(texts, side);
            const { data, dims } = await session.run(toFeeds(batch, session.inputs, 0, others), output);
            const [, tokens = 0, width = 0] = dims;
            expect(tokens).toBe(name === "logits of the last tokens" && lastTokenOnly ? 1 : batch.tokens);
            for (const [i, expected] of rows.entries()) {
              const last = side === "left" ? tokens - 1 : texts[i]!.length - 1;
              const row = data.subarray((i * tokens + last) * width, (i * tokens + last + 1) * width);
              const worst = Math.max(...expected.map((value, j) => Math.abs(value - row[j]!)));
              expect(worst).toBeLessThan(toleranceOf(name));
            }
          }
        } finally {
          await session.dispose();
        }
      },
    );
  }

  it.each([
    ["unknown sizes", ["rows", "heads", "past", "size"], "float32", {}, /num_key_value_heads and head_dim/],
    ["other dimensions", ["rows", 2, "past"], "float32", PAST, /past_key_values\.0\.key/],
    ["a fixed number of earlier tokens", ["rows", 2, 16, 4], "float32", PAST, /past_key_values\.0\.key/],
    ["integers", ["rows", 2, "past", 4], "int64", PAST, /past_key_values\.0\.key/],
  ] as const)("throws on loading if it has %s", (_, shape, type, past, message) => {
    const port = { name: "past_key_values.0.key", type, shape };
    expect(() => batchRules([port], { past })).toThrow(UnsupportedInputError);
    expect(() => batchRules([port], { past })).toThrow(message);
  });
});

/** Increase of a token's logit with each position. */
const growthOf = (token: number) => Math.sin(token);

/** A causal model whose logits grow with the position of a token. */
function countingExport(vocabulary: number, hasKept: boolean): Uint8Array {
  const graph = new GraphBuilder();
  const integers = (name: string) => graph.input(name, ElementType.int64, ["rows", "tokens"]);
  integers("input_ids");
  integers("attention_mask");
  const places = graph.op("Cast", [integers("position_ids")], { to: ElementType.float32 });
  for (const name of ["past_key_values.0.key", "past_key_values.0.value"])
    graph.input(name, ElementType.float32, ["rows", 2, "past", 4]);
  let tokens = graph.op("Unsqueeze", [places, graph.int64s([2])]);
  if (hasKept) {
    const kept = graph.op("Neg", [graph.input("num_logits_to_keep", ElementType.int64, [])]);
    const ends = [graph.op("Reshape", [kept, graph.int64s([1])]), graph.int64s([2 ** 31]), graph.int64s([1])];
    tokens = graph.op("Slice", [tokens, ...ends]);
  }
  const growth = Float32Array.from({ length: vocabulary }, (_, i) => growthOf(i));
  const row = graph.constant("growth", ElementType.float32, [1, vocabulary], bytesOf(growth));
  const logits = graph.op("MatMul", [tokens, row]);
  graph.output("logits", logits, ElementType.float32, ["rows", "kept", vocabulary]);
  return graph.finish();
}

describe("A causal reranker in ONNX", () => {
  const name = "qwen2 without modules.json";
  const folder = causalRerankerFolder(name);
  const { pairs } = causalRerankers.models[name]!.runs[0]!;
  const vocab = JSON.parse(readFileSync(join(folder, "tokenizer.json"), "utf8"));
  const idOf = (word: string): number =>
    vocab.model.vocab[word] ?? vocab.added_tokens.find((one: { content: string }) => one.content === word).id;

  it.each([false, true])(
    "answers with the logits after its last token, num_logits_to_keep %s",
    async (hasKept) => {
      const size = Math.max(idOf("yes"), idOf("no")) + 1;
      const model = alteredModel(root, folder, "onnx/model.onnx", countingExport(size, hasKept));
      rmSync(join(model, "model.safetensors"));
      await using reranker = await loadCrossEncoder({ model, threads: 1, worker: false });
      const expected = pairs.map(
        (pair) => (reranker.countTokens(...pair) - 1) * (growthOf(idOf("yes")) - growthOf(idOf("no"))),
      );
      const together = await reranker.logits(pairs);
      for (const [i, value] of expected.entries()) {
        expect(together[i]![0]).toBeCloseTo(value, 3);
        const [[alone] = []] = await reranker.logits([pairs[i]!]);
        expect(alone).toBeCloseTo(value, 3);
      }
    },
  );

  it("is not an embedding model, because logits are not vectors", async () => {
    const model = alteredModel(root, folder, "onnx/model.onnx", countingExport(9, false));
    rmSync(join(model, "model.safetensors"));
    writeFileSync(join(model, "chat_template.jinja"), "{{ messages[0].content }}");
    await expect(loadEncoder({ model, worker: false })).rejects.toThrow(UnsupportedOutputError);
  });
});
