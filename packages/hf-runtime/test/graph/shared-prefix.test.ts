import { describe, expect, it } from "@jest/globals";
import type { InferenceSession } from "onnxruntime-node";
import { buildModelGraph, type ModelGraphOptions } from "../../src/graph/build-model-graph.js";
import { transformerStep } from "../../src/graph/transformer-step.js";
import { toMainRealm } from "../../src/session/to-main-realm.js";
import { decoderGolden } from "../support/decoder-golden.js";
import { modelOf, onnxRuntime, openGraph, worstDifference } from "./run-graph.js";

/** float32's rounding differs a little between matrix shapes. */
const ROUNDING = 1e-5;
/** Tokens of the texts, which have the same beginning. */
const LENGTHS = [14, 9, 11];
const TEXT = [5, 17, 8, 30, 21, 12, 9, 39, 4, 11, 26, 7, 33, 19];
/** The id of padding. */
const PAD = 3;

/** Row `row` is {@link TEXT} up to `shared`, followed by other tokens. */
function texts(shared: number): number[][] {
  return LENGTHS.map((length, row) =>
    TEXT.slice(0, length).map((id, i) => (i < shared ? id : ((id + 7 * row) % 36) + 4)),
  );
}

const classifier = (options: ModelGraphOptions) =>
  buildModelGraph(options, [(graph, features) => transformerStep(graph, features, "classify")], "scores");

/** With the model's type first. */
const ordered = ({ model_type, ...rest }: Readonly<Record<string, unknown>>) => ({ model_type, ...rest });

interface Pass {
  readonly rows: readonly (readonly number[])[];
  readonly past?: { readonly data: Float32Array; readonly dims: readonly number[] };
  readonly kept?: number;
}

/** Scores and present keys and values of rows padded on the right. */
async function pass(session: InferenceSession, { rows, past, kept = 0 }: Pass) {
  const tokens = Math.max(...rows.map((row) => row.length));
  const dims = [rows.length, tokens];
  const ints = (values: number[]) =>
    new onnxRuntime.Tensor("int32", toMainRealm(Int32Array.from(values)), dims);
  const of = (value: (row: readonly number[], i: number) => number) =>
    ints(rows.flatMap((row) => Array.from({ length: tokens }, (_, i) => value(row, i))));
  const metadata = session.inputMetadata.find(({ name }) => name === "past");
  const [slots, , width] = metadata?.isTensor ? metadata.shape : [];
  const { data, dims: pastDims } = past ?? {
    data: new Float32Array(0),
    dims: [Number(slots), 0, Number(width)],
  };
  const outputs = await session.run({
    input_ids: of((row, i) => row[i] ?? PAD),
    attention_mask: of((row, i) => (i < row.length ? 1 : 0)),
    past: new onnxRuntime.Tensor("float32", toMainRealm(data), pastDims),
    kept: new onnxRuntime.Tensor("int64", toMainRealm(BigInt64Array.of(BigInt(kept))), [1]),
  });
  const { logits, present } = outputs as unknown as Record<string, { data: Float32Array; dims: number[] }>;
  return { logits: Float32Array.from(logits!.data), present: present! };
}

/** Gemma 2 does not read `use_bidirectional_attention`. */
const LOOKS_AHEAD = /"is_causal":false|"gemma3_text".*"use_bidirectional_attention":true|"longrope"/;
const withPrefix = decoderGolden.cases.filter(
  ({ config }) => !LOOKS_AHEAD.test(JSON.stringify(ordered(config))),
);
const without = decoderGolden.cases.filter((test) => !withPrefix.includes(test));

describe("A causal model whose texts share first tokens", () => {
  it.each(withPrefix)("gives the logits of whole texts, with and without blocks: $name", async (test) => {
    for (const longTexts of [undefined, { padded: 3, whole: 6, block: 5 }]) {
      const graph = await classifier({
        ...modelOf(test),
        sharesPrefix: true,
        ...(longTexts && { longTexts }),
      });
      const session = await openGraph(graph);
      for (const shared of [1, 6, 8]) {
        const rows = texts(shared);
        const whole = await pass(session, { rows });
        expect(whole.present.dims[1]).toBe(0);
        const { present } = await pass(session, { rows: [TEXT.slice(0, shared)], kept: shared });
        expect(present.dims[1]).toBe(shared);
        const rest = await pass(session, { rows: rows.map((row) => row.slice(shared)), past: present });
        expect(worstDifference(whole.logits, rest.logits)).toBeLessThan(ROUNDING);
      }
      await session.release();
    }
  });

  it("gives the same logits in int8, whose activations are rounded token by token", async () => {
    const test = withPrefix.find(({ name }) => name === "qwen3, padded right")!;
    const graph = await classifier({
      ...modelOf(test),
      sharesPrefix: true,
      dtype: "int8",
      weights: "embedded",
    });
    const session = await openGraph(graph);
    const rows = texts(8);
    const whole = await pass(session, { rows });
    const { present } = await pass(session, { rows: [TEXT.slice(0, 8)], kept: 8 });
    const rest = await pass(session, { rows: rows.map((row) => row.slice(8)), past: present });
    expect(worstDifference(whole.logits, rest.logits)).toBeLessThan(ROUNDING);
    await session.release();
  });

  it("does not share if tokens attend to later ones or the rotation depends on the text's length", async () => {
    expect(without.length).toBeGreaterThan(5);
    for (const test of without) {
      const session = await openGraph(await classifier({ ...modelOf(test), sharesPrefix: true }));
      expect(session.inputNames).toEqual(["input_ids", "attention_mask"]);
      expect(session.outputNames).toEqual(["logits"]);
      await session.release();
    }
  });

  it("has only ids and mask as inputs if it does not share or every token is read", async () => {
    const source = modelOf(withPrefix[0]!);
    const encoder = await buildModelGraph(
      { ...source, sharesPrefix: true },
      [(graph, features) => transformerStep(graph, features, "encode")],
      "token_embeddings",
    );
    for (const graph of [
      encoder,
      await classifier(source),
      await classifier({ ...source, sharesPrefix: true, operators: "standard" }),
    ]) {
      const session = await openGraph(graph);
      expect(session.inputNames).toEqual(["input_ids", "attention_mask"]);
      await session.release();
    }
  });
});
