/** `npm run verify:hub`: runs LangChain's notebook with its own models, and compares passages, scores and vectors. */
import { parseArgs } from "node:util";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { TextLoader } from "@secondpass/document-loaders";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { UsageError } from "./errors/usage-error.js";
import { PRESETS } from "./presets.js";
import { runVerification } from "./run-verification.js";
import { stateOfTheUnion } from "./state-of-the-union.js";
import type { CheckList } from "./verify/check-list.js";
import { comparePassages } from "./verify/compare-passages.js";
import { compareWithPython } from "./verify/compare-with-python.js";
import { pythonReference } from "./verify/python-reference.js";

const HELP = `Usage: npm run verify:hub -- [options]

Runs LangChain's "Cross Encoder Reranker" notebook with its own text and models, which it downloads once (1.4 GB), and compares:
the passages with those that the notebook prints, and scores and vectors with those of Python's sentence-transformers if there is one.

  --file PATH      a copy of the notebook's state_of_the_union.txt
  --python PATH    a Python with sentence-transformers (python3)
  --help

Exit codes: 0 all checks passed, or were skipped because Python is missing; 1 a check failed or could not run; 2 the command line is invalid.
Our own tests run it against a hub on loopback that has other weights under these names; nobody has run it against the real hub yet.
`;

/** Candidates of the first pass, as in the notebook. */
const K = 20;

await runVerification(HELP, verifyHub);

async function verifyHub(args: readonly string[], checks: CheckList): Promise<void> {
  const { file, python } = options(args);
  const { embeddings: embedder, reranker, query } = PRESETS.notebook;
  const path = file ?? (await stateOfTheUnion());
  const documents = await new TextLoader(path).load();
  const chunks = await new RecursiveCharacterTextSplitter({
    chunkSize: 500,
    chunkOverlap: 100,
  }).splitDocuments(documents);
  checks.expect("text", chunks.length > 0, `${chunks.length} chunks of ${path}`);

  // Python's defaults: L2 distance, the model's vectors unchanged.
  await using embeddings = new HuggingFaceEmbeddings({ model: embedder });
  const store = await FaissStore.fromDocuments(chunks, embeddings);
  const baseRetriever = store.asRetriever({ k: K });
  const candidates = await baseRetriever.invoke(query);
  checks.expect("first pass", candidates.length === K, `${candidates.length} candidates by ${embedder}`);

  await using model = new HuggingFaceCrossEncoder({ model: reranker });
  const baseCompressor = new CrossEncoderReranker({ model, topN: 3 });
  const best = await new ContextualCompressionRetriever({ baseRetriever, baseCompressor }).invoke(query);
  const scores = best.map(({ metadata }) => Number(metadata.relevanceScore).toFixed(4));
  checks.expect("second pass", best.length === 3, `scores ${scores.join(", ")} by ${reranker}`);
  comparePassages(
    best.map(({ pageContent }) => pageContent),
    checks,
  );

  const texts = candidates.map(({ pageContent }) => pageContent);
  const reference = await pythonReference(python, { query, texts, reranker, embedder });
  if (typeof reference === "string") {
    checks.add("scores and vectors of Python", "skipped", reference);
    return;
  }
  const own = {
    scores: await model.score(texts.map((text) => [query, text] as const)),
    vectors: [await embeddings.embedQuery(query), ...(await embeddings.embedDocuments(texts))],
  };
  compareWithPython(own, reference, checks);
}

function options(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { file: { type: "string" }, python: { type: "string", default: "python3" } },
    });
    return values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
