/**
 * A process's first score by transformers.js: prints "scored" once it is there.
 *
 *     BENCH_PEERS=FOLDER node first-score-transformers.mjs FOLDER DTYPE
 */
import { transformersJs } from "../encoders/transformers-js.mjs";
import { PAIR } from "./pair.mjs";

const [folder, dtype] = process.argv.slice(2);
const { run } = await transformersJs({ folder, task: "rerank", dtype, threads: 2 });
await run([PAIR], 1);
console.log("scored");
