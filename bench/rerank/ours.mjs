/** How many of the best the screen is for. */
const TOP = 3;

/** Our cross-encoder as a contender: it scores `{ query, texts }`. @param {"fp32" | "int8" | "screened"} dtype */
export function ours(dtype) {
  return {
    async load({ folder, threads }) {
      const { loadCrossEncoder } = await import("@secondpass/hf-runtime");
      const crossEncoder = await loadCrossEncoder({ model: folder, dtype, threads });
      return {
        ways: {
          async rerank({ query, texts }) {
            const pairs = texts.map((text) => [query, text]);
            const logits = await crossEncoder.logits(pairs, dtype === "screened" ? { topN: TOP } : {});
            return logits.map(([logit]) => logit);
          },
        },
      };
    },
  };
}
