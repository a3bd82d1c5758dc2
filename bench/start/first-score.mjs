/**
 * A process's first score, ours: prints "scored" once it is there.
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
