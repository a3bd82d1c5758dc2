/** Prints how many MB one text of TOKENS tokens needs more than a short one: `node peak-memory-of.cjs FILE.onnx TOKENS`. */
const { readFileSync } = require("node:fs");
const { InferenceSession, Tensor } = require("onnxruntime-node");

const [file, tokens] = process.argv.slice(2);

/** Peak MB of this process. On Linux maxRSS starts with the parent's value at the start of this process; VmHWM does not. */
function peak() {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS / 1024;
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
}

(async () => {
  const session = await InferenceSession.create(file, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const values = { input_ids: 5, attention_mask: 1, token_type_ids: 0 };
  const score = (count) => {
    const row = (name) => new Tensor("int32", new Int32Array(count).fill(values[name]), [1, count]);
    return session.run(Object.fromEntries(session.inputNames.map((name) => [name, row(name)])));
  };
  await score(100);
  const before = peak();
  await score(Number(tokens));
  console.log(Math.round(peak() - before));
})();
