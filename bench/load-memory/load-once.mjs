/** Loads a model once, says so, and waits to be ended: `node load-once.mjs FOLDER DTYPE THREADS`. */
import { loadCrossEncoder } from "@secondpass/hf-runtime";

const [model, dtype, threads] = process.argv.slice(2);
const begun = performance.now();
const crossEncoder = await loadCrossEncoder({ model, dtype, threads: Number(threads) });
process.send({ loadedMs: performance.now() - begun });
await crossEncoder.logits([["a question", "and a document"]]);
process.send({ answeredMs: performance.now() - begun });
// Weights are packed after the first passes.
setTimeout(() => process.send({ settled: true }), Number(process.env.SETTLE_MS ?? 15_000));
