/** Prints how many MB one text of TOKENS tokens takes, beyond a short one: `node peak-memory-of.cjs FILE.onnx TOKENS`. */
const { InferenceSession, Tensor } = require("onnxruntime-node");

const [file, tokens] = process.argv.slice(2);
const peak = () => process.resourceUsage().maxRSS / 1024;

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
