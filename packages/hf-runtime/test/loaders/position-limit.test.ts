import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { PositionLimitError } from "../../src/errors/position-limit-error.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { MODELS } from "../graph/run-graph.js";

const LONG = "The Seine runs through Paris. ".repeat(60);
const optionsOf = (model: string, maxLength: number) => ({
  model: join(MODELS, model),
  isolation: "none" as const,
  threads: 1,
  maxLength,
});

describe("A maxLength", () => {
  // RoBERTa and MPNet number their positions from 2, so 64 of 66 can be used.
  it.each(["bert-cross-encoder", "roberta", "mpnet", "distilbert", "electra", "albert", "deberta-v2"])(
    "above a reranker's number of positions throws at load, and equal to it does not: %s",
    async (model) => {
      const loading = loadCrossEncoder(optionsOf(model, 65));
      await expect(loading).rejects.toThrow(PositionLimitError);
      await expect(loading).rejects.toThrow(/at most 64 tokens.*got 65/);
      const whole = await loadCrossEncoder(optionsOf(model, 64));
      expect(await whole.logits([["Where?", LONG]])).toHaveLength(1);
      await whole.dispose();
    },
  );

  it("above an embedder's number of positions throws at load", async () => {
    await expect(loadEncoder(optionsOf("bert-encoder", 4096))).rejects.toMatchObject({
      name: "PositionLimitError",
      limit: 64,
      maxLength: 4096,
    });
  });

  it.each(["modernbert", "deberta-v3"])("may be any number if positions are computed: %s", async (model) => {
    const reranker = await loadCrossEncoder(optionsOf(model, 100));
    expect(await reranker.logits([["Where?", LONG]])).toHaveLength(1);
    await reranker.dispose();
  });
});
