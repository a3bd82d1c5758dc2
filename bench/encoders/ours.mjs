import { loadCrossEncoder, loadEncoder } from "@secondpass/hf-runtime";

/** Our runtime, as users run it: it makes its batches itself. @param {{ folder: string, task: "rerank" | "embed", dtype: string, threads: number, tokens?: number }} options */
export async function ours({ folder, task, dtype, threads, tokens }) {
  const options = { model: folder, dtype, threads, maxLength: tokens };
  if (task === "embed") {
    const encoder = await loadEncoder(options);
    return { run: (texts) => encoder.embed(texts) };
  }
  const crossEncoder = await loadCrossEncoder(options);
  return {
    run: async (pairs) => (await crossEncoder.logits(pairs)).map(([logit]) => logit),
  };
}

export { ours as load };
