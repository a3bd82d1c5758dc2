/** For each package, a first program of a user: names to import from each entry, and lines that must give true. */
export const smokeLines = {
  core: {
    use: { ".": ["compileFilter", "SecondpassError"], "./node": ["FileLockedError"] },
    check: `async () => compileFilter({ page: 3 })({ page: 3 }) && new FileLockedError("a.lock", "Process 1") instanceof SecondpassError`,
  },
  "hf-runtime": {
    use: { ".": ["loadEncoder", "SecondpassError"] },
    check: `async () => {
      try {
        await loadEncoder({ model: "./no-such-folder", localFilesOnly: true });
        return false;
      } catch (error) {
        return SecondpassError.isInstance(error) && error.message.includes("no-such-folder");
      }
    }`,
  },
  "document-loaders": {
    use: { ".": ["TextLoader"] },
    check: `async () => (await new TextLoader(new Blob(["two words"])).load())[0].pageContent === "two words"`,
  },
  "text-splitters": {
    use: { ".": ["RecursiveCharacterTextSplitter"] },
    check: `async () => (await new RecursiveCharacterTextSplitter({ chunkSize: 10, chunkOverlap: 0 }).splitText("one two three")).join("|") === "one two|three"`,
  },
  "embeddings-hf": {
    use: { ".": ["HuggingFaceEmbeddings"] },
    check: `async () => (await new HuggingFaceEmbeddings({ model: "./nothing-is-loaded-for-no-texts" }).embedDocuments([])).length === 0`,
  },
  faiss: {
    use: { ".": ["IndexFlatL2", "indexToBytes", "readIndex"], "./io": ["bytesSource"] },
    check: `async () => {
      const index = new IndexFlatL2(2);
      await index.add(Float32Array.of(0, 0, 3, 4));
      const copy = await readIndex(bytesSource(await indexToBytes(index)));
      const { distances, labels } = await copy.search(Float32Array.of(3, 3), 1);
      return labels[0] === 1n && distances[0] === 1;
    }`,
  },
  "vectorstore-faiss": {
    use: { ".": ["FaissStore"] },
    check: `async () => {
      const embeddings = { embedQuery: async (text) => [text.length, 1], embedDocuments: async (texts) => texts.map((text) => [text.length, 1]) };
      const store = await FaissStore.fromTexts(["a", "four", "eleven long"], [{}, {}, {}], embeddings);
      return (await store.similaritySearch("five.", 1))[0].pageContent === "four";
    }`,
  },
  "cross-encoders": {
    use: { ".": ["FakeCrossEncoder"], "./huggingface": ["HuggingFaceCrossEncoder"] },
    check: `async () => (await new FakeCrossEncoder().score([["a", "a"]])).length === 1 && (await new HuggingFaceCrossEncoder({ model: "./unused" }).score([])).length === 0 && (await new HuggingFaceCrossEncoder({ model: "./unused" }).score([["a", "a"]]).catch(({ name }) => name)) === "MissingPackageError"`,
  },
  "retrievers-hybrid": {
    use: { ".": ["BM25Retriever", "EnsembleRetriever"] },
    check: `async () => {
      const bm25 = await BM25Retriever.fromTexts(["the cats sleep", "a dog barks"], {}, { k: 1 });
      const found = await new EnsembleRetriever({ retrievers: [bm25] }).invoke("a sleeping cat");
      return found.length === 1 && found[0].pageContent === "the cats sleep";
    }`,
  },
  evaluation: {
    use: { ".": ["evaluateRun"] },
    check: `async () => {
      const { means } = await evaluateRun({ q: { a: 1 } }, { q: { a: 0.2, b: 0.9 } }, { measures: ["mrr@10"] });
      return means["mrr@10"] === 0.5;
    }`,
  },
  "retrievers-compression": {
    use: { ".": ["CrossEncoderReranker"] },
    check: `async () => {
      const model = { score: async (pairs) => pairs.map(([, text]) => text.length) };
      const documents = [{ pageContent: "short", metadata: {} }, { pageContent: "longer one", metadata: {} }];
      const kept = await new CrossEncoderReranker({ model, topN: 1 }).compressDocuments(documents, "query");
      return kept.length === 1 && kept[0].pageContent === "longer one" && kept[0].metadata.relevanceScore === 10;
    }`,
  },
  "rerank-server": {
    use: { ".": ["createRerankServer"] },
    check: `async () => {
      const model = { model: "toy", labels: ["a"], maxLength: 9, countTokens: () => 3, dispose: async () => {}, logits: async (pairs) => pairs.map(([, text]) => Float32Array.of(text.length)) };
      const server = await createRerankServer({ model, logLevel: "silent" }, { port: 0 });
      await server.ready;
      const body = JSON.stringify({ query: "q", texts: ["a", "longer"], raw_scores: true });
      const answer = await fetch(server.url + "/rerank", { method: "POST", headers: { "content-type": "application/json" }, body });
      const [best] = await answer.json();
      await server.close();
      return best.index === 1 && best.score === 6;
    }`,
  },
  cli: {
    // A program: it is started as users start it, gets one request, and is stopped.
    use: {},
    check: `async () => {
      const { spawn } = await import("node:child_process");
      const { once } = await import("node:events");
      const child = spawn("node_modules/.bin/secondpass", ["serve", "--port", "0", "--log-level", "warn"], { stdio: ["ignore", "pipe", "inherit"], shell: process.platform === "win32" });
      const [line] = await once(child.stdout, "data");
      const [, url] = / at (\\S+) /.exec(String(line)) ?? [];
      const body = JSON.stringify({ query: "How tall is the mountain?", texts: ["The lake is deep.", "The mountain is 4806 m high."] });
      const answer = await fetch(url + "/rerank", { method: "POST", headers: { "content-type": "application/json" }, body });
      const [best] = await answer.json();
      child.kill("SIGTERM");
      const [code] = await once(child, "exit");
      return best.index === 1 && code === 0;
    }`,
  },
  "mini-models": {
    use: { ".": ["EMBEDDER_PATH", "RERANKER_PATH"] },
    check: `async () => {
      const { existsSync } = await import("node:fs");
      return [EMBEDDER_PATH, RERANKER_PATH].every((folder) => existsSync(folder + "/model.safetensors"));
    }`,
  },
};
