/**
 * Runs the benchmark of a topic with the options that follow it, or lists the topics. From the root: `npm run bench -- TOPIC [OPTIONS]`.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { topics } from "./topics.mjs";

// pnpm passes on the "--" that npm removes.
const [name, ...options] = process.argv.slice(2).filter((word, index) => index > 0 || word !== "--");
if (name === undefined || name === "--help") {
  console.log("npm run bench -- TOPIC [OPTIONS]\n");
  for (const [topic, { measures, needs }] of Object.entries(topics)) {
    console.log(`${topic.padEnd(16)}${measures}`);
    if (needs !== undefined) console.log(`${"".padEnd(16)}needs ${needs}`);
  }
  console.log("\nThe head of each program has its options; bench/README.md says where results go.");
} else if (!Object.hasOwn(topics, name)) {
  console.error(`Expected one of ${Object.keys(topics).join(", ")}, got "${name}".`);
  process.exitCode = 2;
} else {
  const program = topics[name].program.map((word) =>
    word.endsWith(".mjs") ? fileURLToPath(new URL(word, import.meta.url)) : word,
  );
  const child = spawn(process.execPath, [...program, ...options], { stdio: "inherit" });
  child.on("close", (code) => {
    process.exitCode = code ?? 1;
  });
}
