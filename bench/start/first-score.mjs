/**
 * Computes one score by our runtime in a new process, and prints "scored".
 *
 *     node first-score.mjs FOLDER DTYPE
 */
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { PAIR } from "./pair.mjs";

const [model, dtype] = process.argv.slice(2);
const crossEncoder = await loadCrossEncoder({ model, dtype });
await crossEncoder.logits([PAIR]);
console.log("scored");
await crossEncoder.dispose();
