import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "@jest/globals";
import type { embed, rerank } from "ai-7";
import type { AiSdkEmbeddingModel, AiSdkRerankingModel } from "../../src/ai-sdk/index.js";

// `ai` 7 has no CommonJS build, which jest would need, so a separate process runs the published build with it.
const SCRIPT = `
  import { embedMany, rerank } from "ai-7";
  import { FakeCrossEncoder } from "@secondpass/cross-encoders";
  import { aiSdkEmbeddingModel, aiSdkRerankingModel } from "@secondpass/cross-encoders/ai-sdk";

  const embeddings = {
    embedDocuments: async (texts) => texts.map((text) => [text.length, 0]),
    embedQuery: async (text) => [text.length, 1],
  };
  const answers = {};
  for (const specificationVersion of ["v3", "v4"]) {
    const model = aiSdkRerankingModel(new FakeCrossEncoder(), { specificationVersion });
    const documents = ["bananas", "save an index", "index"];
    const ranked = await rerank({ model, query: "index", documents, topN: 2 });
    const embedder = aiSdkEmbeddingModel(embeddings, { specificationVersion, task: "query" });
    const embedded = await embedMany({ model: embedder, values: ["a", "ab"] });
    const abortSignal = AbortSignal.abort(new Error("changed my mind"));
    const aborted = await rerank({ model, query: "q", documents, abortSignal }).then(() => "none", String);
    answers[specificationVersion] = { ranked: ranked.rerankedDocuments, embedded: embedded.embeddings, aborted };
  }
  console.log(JSON.stringify(answers));
`;

/** The types of \`ai\` 7 accept these models. */
type Taken = [
  AiSdkRerankingModel<"v4"> extends Parameters<typeof rerank>[0]["model"] ? true : false,
  AiSdkEmbeddingModel<"v4"> extends Parameters<typeof embed>[0]["model"] ? true : false,
];
const taken: Taken = [true, true];

describe("ai 7", () => {
  let answers: Record<string, unknown>;
  beforeAll(() => {
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", SCRIPT], {
      cwd: __dirname,
      encoding: "utf8",
    });
    answers = JSON.parse(output.trim().split("\n").at(-1) as string) as Record<string, unknown>;
  });

  it.each(["v3", "v4"])("reranks, embeds and ends with models of %s", (version) => {
    expect(taken).toEqual([true, true]);
    expect(answers[version]).toEqual({
      ranked: ["index", "save an index"],
      embedded: [
        [1, 1],
        [2, 1],
      ],
      aborted: "Error: changed my mind",
    });
  });
});
