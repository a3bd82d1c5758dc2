/**
 * Indexes documents by LangChain's `index` with `forceUpdate`, in a separate process, because jest cannot run `import()` of built code.
 * `node index-with-force-update.cjs DIST CLEANUP`. Prints the results as JSON.
 */
const { index, RecordManager } = require("@langchain/core/indexing");

const [dist, cleanup] = process.argv.slice(2);
const { HybridStore } = require(dist);

class Records extends RecordManager {
  keys = new Set();
  time = 0;
  createSchema = async () => undefined;
  getTime = async () => ++this.time;
  update = async (keys) => {
    for (const key of keys) this.keys.add(key);
  };
  exists = async (keys) => keys.map((key) => this.keys.has(key));
  listKeys = async () => [];
  deleteKeys = async () => undefined;
}

/** Generations of a model: the same text gets another vector. */
let generation = 1;
const vectorOf = (text) => [text.length, generation];
const embeddings = {
  embedQuery: async (text) => vectorOf(text),
  embedDocuments: async (texts) => texts.map(vectorOf),
};

(async () => {
  const vectorStore = new HybridStore(embeddings);
  const recordManager = new Records();
  const page = (pageContent) => ({ pageContent, metadata: { source: pageContent, deep: { x: 1 } } });
  const run = (docsSource, forceUpdate) => {
    const options = { cleanup, forceUpdate, sourceIdKey: "source", batchSize: 2 };
    return index({ docsSource, recordManager, vectorStore, options });
  };
  const found = async (question, mode) =>
    (await vectorStore.search(question, { mode, k: 9 })).map(({ document }) => document);
  const texts = async (question) =>
    (await found(question, "lexical")).map(({ pageContent }) => pageContent).sort();

  const documents = ["red pear", "green pear", "plum"].map(page);
  const first = await run(documents, false);
  generation = 9;
  const second = await run([...documents, page("yellow pear")], true);
  const [{ similarity }] = await vectorStore.search("plum", { mode: "dense", k: 1 });
  const [plum] = await found("plum", "lexical");
  const stolen = await vectorStore
    .addDocuments([page("a fourth pear")], { ids: [plum.id] })
    .catch((error) => error.name);
  process.stdout.write(
    JSON.stringify({
      first,
      second,
      size: vectorStore.size,
      similarity: Math.fround(similarity),
      stolen,
      pears: await texts("pears"),
      plums: await texts("plum"),
    }),
  );
})();
