import { loadCrossEncoder, loadEncoder } from "@secondpass/hf-runtime";

/** How many of the best a screen is for. */
const TOP = 3;

/** Our runtime, as users get it: it makes its batches itself. @param {{ folder: string, task: "rerank" | "embed", dtype: string, threads: number }} options */
export async function ours({ folder, task, dtype, threads }) {
  const options = { model: folder, dtype, threads };
  if (task === "embed") {
    const encoder = await loadEncoder(options);
    return { run: (texts) => encoder.embed(texts) };
  }
  const crossEncoder = await loadCrossEncoder(options);
  return {
    async run(pairs) {
      const logits = await crossEncoder.logits(pairs, dtype === "screened" ? { topN: TOP } : {});
      return logits.map(([logit]) => logit);
    },
  };
}

export { ours as load };
