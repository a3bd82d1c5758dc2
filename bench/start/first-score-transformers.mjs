/**
 * Computes one score by transformers.js in a new process, and prints "scored".
 *
 *     BENCH_PEERS=FOLDER node first-score-transformers.mjs FOLDER DTYPE
 */
import { transformersJs } from "../encoders/transformers-js.mjs";
import { PAIR } from "./pair.mjs";

const [folder, dtype] = process.argv.slice(2);
const { run } = await transformersJs({ folder, task: "rerank", dtype, threads: 2 });
await run([PAIR], 1);
console.log("scored");
