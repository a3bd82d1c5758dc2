import { describe, expect, it } from "@jest/globals";
import { UnsupportedArchitectureError } from "../../src/errors/unsupported-architecture-error.js";
import type { Architecture } from "../../src/graph/architectures/architecture.js";
import { architectures } from "../../src/graph/architectures/architectures.js";
import { findArchitecture } from "../../src/graph/architectures/find-architecture.js";
import { type BuildGraphOptions, buildGraph } from "../../src/graph/build-graph.js";
import { ModelConfig } from "../../src/model-source/model-config.js";
import {
  batchOf,
  feed,
  floats,
  type GoldenBatch,
  type GraphCase,
  golden,
  modelOf,
  openGraph,
  worstDifference,
} from "../graph/run-graph.js";

/** Largest difference from PyTorch's logits that counts as equal. */
const LOGIT_TOLERANCE = 1e-4;
/** float32's rounding differs a little between matrix shapes. */
const ROUNDING = 5e-6;

/** Model types whose tokenizer transformers 5 finds only by tokenizer_config.json. */
const WITHOUT_TOKENIZER_CLASS = ["llama"];

/** Ways to compute attention. The goldens' batches have 16 tokens, some texts fewer than 7. */
const WAYS: readonly { way: string; options: Partial<BuildGraphOptions> }[] = [
  { way: "onnxruntime's operators", options: {} },
  { way: "standard operators", options: { operators: "standard" } },
  { way: "tiles and blocks", options: { longTexts: { padded: 3, whole: 6, block: 5 } } },
];

/** The contract of an architecture: it is found by its model types and gives PyTorch's logits on any device, in any batch. */
export function architectureSuite(architecture: Architecture): void {
  const types = architecture.modelTypes;
  describe(`the architecture of ${types.join(", ")}`, () => {
    it("is named once in the list, and no other has its model types", () => {
      expect(architectures.filter((other) => other.modelTypes.some((type) => types.includes(type)))).toEqual([
        architecture,
      ]);
    });

    it.each(types)("is found for %s, and has a tokenizer class if transformers names one", (type) => {
      expect(findArchitecture(new ModelConfig({ model_type: type }))).toBe(architecture);
      const named = WITHOUT_TOKENIZER_CLASS.includes(type) ? undefined : expect.any(String);
      expect(architecture.tokenizerClasses[type]).toEqual(named);
    });

    const cases = golden.cases.filter((test) => types.includes(String(modelOf(test).config.model_type)));
    it("has a golden", () => {
      expect(cases).not.toHaveLength(0);
    });

    const scored = cases.filter((test) => test.logits !== undefined);
    if (scored.length === 0) {
      it("says that it has no classifier", async () => {
        const building = buildGraph({ ...modelOf(cases[0]!), task: "classify" });
        await expect(building).rejects.toThrow(UnsupportedArchitectureError);
      });
      return;
    }

    it.each(scored.flatMap((test) => WAYS.map((way) => ({ ...test, ...way }))))(
      "gives PyTorch's logits with $way, alone and in a batch: $name",
      async (test) => {
        const graph = await buildGraph({ ...modelOf(test), task: "classify", ...test.options });
        if (test.options.operators === "standard") {
          expect(Buffer.from(graph.bytes).includes("com.microsoft")).toBe(false);
        }
        const session = await openGraph(graph);
        const batch = batchOf(test);
        const together = await feed(session, graph, batch);
        expect(worstDifference(floats(test.logits), together)).toBeLessThan(LOGIT_TOLERANCE);
        const labels = together.length / batch.input_ids.length;
        for (const row of batch.input_ids.keys()) {
          const alone = await feed(session, graph, unpadded(batch, row, test));
          const expected = together.subarray(row * labels, (row + 1) * labels);
          expect(worstDifference(expected, alone)).toBeLessThan(ROUNDING);
        }
        await session.release();
      },
    );
  });
}

/** One text of a batch. Padding on the right is left out, because it does not change positions. */
function unpadded(batch: GoldenBatch, row: number, { batch: name }: GraphCase): GoldenBatch {
  const mask = batch.attention_mask[row]!;
  const end = name.includes("left") ? mask.length : mask.lastIndexOf(1) + 1;
  const cut = (rows: readonly (readonly number[])[]) => [rows[row]!.slice(0, end)];
  return {
    input_ids: cut(batch.input_ids),
    attention_mask: cut(batch.attention_mask),
    token_type_ids: cut(batch.token_type_ids),
  };
}
