/** The peers that support/install-peers.mjs installs. */
const PEERS = "Python 3.10 to 3.12 with venv and pip; the first run installs the peers (7 GB, minutes)";

/**
 * The programs that `npm run bench -- TOPIC` runs.
 * - `program`: below this folder, with the arguments that it always has.
 * - `measures`: one line for the list.
 * - `needs`: what must be installed besides Node and npm, if anything.
 */
export const topics = {
  rerank: {
    program: ["rerank/run.mjs"],
    measures:
      "time to score a query's candidates, beside the strongest peers; --quick: 4 minutes. Ends with a JSON line",
    needs: PEERS,
  },
  embed: {
    program: ["embed/run.mjs"],
    measures: "time to embed texts, beside the strongest peers; --quick: 4 minutes. Ends with a JSON line",
    needs: PEERS,
  },
  search: {
    program: ["search/run.mjs"],
    measures:
      "exact search over a million vectors, beside faiss's fastest; --quick: 4 minutes. Ends with a JSON line",
    needs: `${PEERS}; the development texts in ../shared/data for real vectors; 16 GB of memory`,
  },
  hnsw: {
    program: ["hnsw/run.mjs"],
    measures:
      "graph search at equal recall, beside hnswlib and faiss; --quick: 4 minutes. Ends with a JSON line",
    needs: `${PEERS}; the development texts in ../shared/data`,
  },
  ivf: {
    program: ["ivf/run.mjs"],
    measures:
      "search in lists at equal recall, codes with vectors on disk beside faiss; --quick: 4 minutes. Ends with a JSON line",
    needs: `${PEERS}; the development texts in ../shared/data; disk for a copy of the vectors for each engine`,
  },
  start: {
    program: ["start/run.mjs"],
    measures:
      "whole processes: the first score, the demo, an import; --quick: 4 minutes. Ends with a JSON line",
    needs: PEERS,
  },
  accuracy: {
    program: ["accuracy/run.mjs"],
    measures:
      "accuracy of int8 and bf16 on trained weights, ours and the peers'; --quick: 4 minutes. Ends with a JSON line",
    needs: `${PEERS}; the development sets in ../shared/data`,
  },
  "rerank-in-node": {
    program: ["rerank/in-node.mjs"],
    measures: "the same with memory, loading and the event loop, beside transformers.js alone",
    needs: "--python with torch, transformers, onnx and onnxruntime for the peers; without it only ours",
  },
  "rerank-large": {
    program: ["rerank/large.mjs"],
    measures:
      "time to score candidates by Qwen3's and Ettin's shapes, beside torch, OpenVINO, ONNX Runtime and llama.cpp",
    needs:
      "BENCH_PYTHON and BENCH_PEERS for the peers (the head of rerank/large.mjs says how); without them only ours",
  },
  "embed-in-node": {
    program: ["embed/in-node.mjs"],
    measures: "the same of embedding, beside transformers.js and LangChain.js",
    needs: "the same as rerank-in-node",
  },
  "drift-rerank": {
    program: ["rerank/drift.mjs"],
    measures: "drift of int8 from float32 in scores, on --model and --data of yours",
  },
  "drift-embed": {
    program: ["embed/drift.mjs"],
    measures: "drift of int8 from float32 in vectors, on --model and --data of yours",
  },
  "drift-scores": {
    program: ["embed/drift-scores.mjs"],
    measures:
      "drift of int8 from float32 in sparse and late-interaction scores, on --model and --data of yours",
  },
  isolation: {
    program: ["isolation/run.mjs"],
    measures: "what a child process costs beside worker threads",
  },
  speeds: {
    program: ["speeds/run.mjs"],
    measures: "time of 20 texts by the shapes of the recommended models",
  },
  "load-memory": {
    program: ["load-memory/run.mjs"],
    measures: "memory of loading a large model, in fp32 and int8",
    needs: "Linux, and 4 GB of disk for a made-up model",
  },
  tokenize: {
    program: ["tokenize/run.mjs"],
    measures: "time to load tokenizers and to encode, beside @huggingface/tokenizers and Rust's tokenizers",
  },
  split: {
    program: ["split/split.mjs"],
    measures: "time to split texts, beside @langchain/textsplitters",
  },
  faiss: {
    program: ["faiss/run.mjs"],
    measures: "time and recall of vector search, beside faiss, usearch, hnswlib and MemoryVectorStore",
    needs:
      "BENCH_PEERS and FAISS_PYTHON for the peers (the head of faiss/run.mjs says how); without them ours and MemoryVectorStore",
  },
  "faiss-store": {
    program: ["faiss-store/large-store.mjs"],
    measures: "time, memory and event-loop delay of a store of a million documents",
  },
  lexical: {
    program: ["lexical/run.mjs"],
    measures:
      "BM25 over a million texts: build, queries, memory and files, beside bm25s, tantivy and MiniSearch",
    needs:
      "BENCH_PYTHON with bm25s, numba and tantivy for the peers (the head of lexical/run.mjs says how); 20 GB of memory",
  },
  endpoint: {
    program: ["endpoint/load.mjs"],
    measures: "requests a second of the endpoint, and what batching gains; 8 minutes",
  },
  "serve-load": {
    program: ["serve-load/run.mjs"],
    measures: "a server under load, beside the bare engine and a FastAPI server; 10 minutes",
    needs: "--python with fastapi, uvicorn and sentence-transformers, for the peer",
  },
  fleet: {
    program: ["fleet/run.mjs"],
    measures: "a fleet on Postgres, by the number of its workers and of its rerank servers; 12 minutes",
    needs: "Postgres with pgvector and HAProxy (the head of fleet/run.mjs says how)",
  },
  soak: {
    program: ["--expose-gc", "soak/run.mjs"],
    measures: "memory over 10,000 requests, and of a loaded model",
  },
  languages: {
    program: ["languages/run.mjs"],
    measures: "how the default pipeline and BM25 answer questions in Korean, Japanese, Chinese and Russian",
    needs: "--manuals: packages of Debian, unpacked (the head of languages/run.mjs says how)",
  },
  builds: {
    program: ["builds/run.mjs"],
    measures: "whether a change made anything slower: this checkout against another, --before",
    needs: "another checkout, built",
  },
  mini: {
    program: ["mini/evaluate.mjs"],
    measures: "how well the mini models rank, and with --speed how fast; the same as npm run eval:mini",
    needs: "the development sets in ../shared/data",
  },
  recipes: {
    program: ["mini/recipes.mjs"],
    measures: "other recipes of hybrid search and second pass, on the development sets, without training",
    needs: "the development sets in ../shared/data",
  },
};
