/** Our cross-encoder as a contender: it scores `{ query, texts }`. @param {"fp32" | "int8"} dtype */
export function ours(dtype) {
  return {
    async load({ folder, threads }) {
      const { loadCrossEncoder } = await import("@secondpass/hf-runtime");
      const crossEncoder = await loadCrossEncoder({ model: folder, dtype, threads });
      return {
        ways: {
          async rerank({ query, texts }) {
            const pairs = texts.map((text) => [query, text]);
            const logits = await crossEncoder.logits(pairs);
            return logits.map(([logit]) => logit);
          },
        },
      };
    },
  };
}
