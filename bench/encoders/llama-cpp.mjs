import { join } from "node:path";
import { importPeer } from "../support/import-peer.mjs";

/**
 * llama.cpp through node-llama-cpp, on the GGUF file that convert.py writes. A context takes one text after another. Its rankings are
 * probabilities: they are given as the logits they come from.
 */
export async function llamaCpp({ folder, task, threads }) {
  const { getLlama } = await importPeer("node-llama-cpp");
  const llama = await getLlama({ gpu: false, build: "never", logLevel: "error", progressLogs: false });
  const model = await llama.loadModel({ modelPath: join(folder, "model-q8_0.gguf") });
  const versions = { "llama.cpp": llama.llamaCppRelease?.release ?? "unknown" };
  const options = { contextSize: 512, batchSize: 512, threads };
  if (task === "embed") {
    const context = await model.createEmbeddingContext(options);
    return {
      versions,
      async run(texts) {
        const vectors = [];
        for (const text of texts) vectors.push(unit((await context.getEmbeddingFor(text)).vector));
        return vectors;
      },
    };
  }
  const context = await model.createRankingContext(options);
  return {
    versions,
    async run(pairs) {
      const logits = [];
      for (const [query, text] of pairs) logits.push(logit(await context.rank(query, text)));
      return logits;
    },
  };
}

const logit = (probability) => Math.log(probability) - Math.log1p(-probability);

function unit(vector) {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

export { llamaCpp as load };
