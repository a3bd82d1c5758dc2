// Token ids by hf-runtime, for tokenizer_fuzz.py to compare.
//
//     node tools/oracle/token-ids.mjs < questions.jsonl > ids.jsonl
//
// A line of input is { folder, texts }: a repository, and texts or [text, pair]s. A line of output is a list of [ids, type ids], or { error }.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

// The tokenizer is no public entry of hf-runtime: its sources, types stripped.
const require = createRequire(import.meta.url);
const RUNTIME = "../../packages/hf-runtime";
require(`${RUNTIME}/test/support/typescript-hook.cjs`);
const { architectureTokenizers } = require(`${RUNTIME}/src/graph/architectures/architecture-tokenizers.ts`);
const { resolveModel } = require(`${RUNTIME}/src/hub/resolve-model.ts`);
const { loadTokenizer } = require(`${RUNTIME}/src/tokenizer/load-tokenizer.ts`);

for await (const line of createInterface({ input: process.stdin })) {
  const { folder, texts } = JSON.parse(line);
  console.log(JSON.stringify(await idsOf(folder, texts).catch((error) => ({ error: String(error) }))));
}

async function idsOf(folder, texts) {
  const tokenizer = await loadTokenizer(await resolveModel({ model: folder }), {
    sentenceConfig: false,
    architectures: architectureTokenizers,
    maxLength: Number.MAX_SAFE_INTEGER,
  });
  return texts.map((input) => {
    const { ids, typeIds } = tokenizer.encode(...[input].flat());
    return [[...ids], [...typeIds]];
  });
}
