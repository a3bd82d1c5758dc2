import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { migrateText } from "../../src/migrating/migrate-text.js";
import { PROGRAMS } from "./programs.js";

const migrate = (text: string, path = "a.ts", allowsTopLevelAwait = true) =>
  migrateText({ path, text, allowsTopLevelAwait });

const SPLITTER = 'import { RecursiveCharacterTextSplitter as S } from "@langchain/textsplitters";\n';
const EMBEDDINGS =
  'import { HuggingFaceTransformersEmbeddings as E } from "@langchain/community/embeddings/huggingface_transformers";\n';
const FAISS = 'import { FaissStore } from "@langchain/community/vectorstores/faiss";\n';
const BM25 = 'import { BM25Retriever } from "@langchain/community/retrievers/bm25";\n';
const COHERE = 'import { CohereRerank } from "@langchain/cohere";\n';
const PIPELINE = 'import { pipeline as p } from "@huggingface/transformers";\n';
const EXTRACTOR = 'const e = await p("feature-extraction", "m");';
const TOKENS = 'import { TokenTextSplitter } from "@langchain/textsplitters";\n';
const FILTER =
  'import { EmbeddingsFilter } from "langchain/retrievers/document_compressors/embeddings_filter";\n';

describe("migrateText", () => {
  it.each(PROGRAMS)("rewrites $name", ({ path, before, after, findings }) => {
    const migrated = migrate(before, path);
    expect(migrated.text).toBe(after);
    expect(migrated.findings.map(({ message }) => message)).toEqual(
      findings.map((part) => expect.stringContaining(part)),
    );
    expect(migrate(after, path).text).toBe(after);
  });

  it.each<[string, string, string]>([
    ["options that come from elsewhere", `${EMBEDDINGS}new E(options);`, "not an object literal"],
    ["options that are spread", `${EMBEDDINGS}new E({ ...options });`, "spreads or computed names"],
    [
      "pipeline options from elsewhere",
      `${EMBEDDINGS}new E({ pipelineOptions });`,
      "`pipelineOptions` is not an object literal",
    ],
    ["an unknown option", `${EMBEDDINGS}new E({ verbose: 1 });`, "the option `verbose` does not exist here"],
    [
      "a custom pooling",
      `${EMBEDDINGS}new E({ pipelineOptions: { pooling: "none" } });`,
      'pooling` "none" does not exist here',
    ],
    [
      "a callback of downloads",
      `${EMBEDDINGS}new E({ pretrainedOptions: { progress_callback: f } });`,
      "progress_callback",
    ],
    ["a class that is handed on", `${EMBEDDINGS}make(E);`, "in another way than by `new`"],
    ["a subclass", `${FAISS}class A extends FaissStore {}`, "extends FaissStore"],
    ["a given index", `${FAISS}new FaissStore(e, { index });`, "FaissStore.fromIndex takes an index"],
    ["a docstore", `${FAISS}FaissStore.fromTexts(a, b, c, { docstore });`, "a docstore"],
    ["inner parts of a store", `${FAISS}store.getMapping();`, "`getMapping` does not exist here"],
    ["the old library", `${FAISS}FaissStore.importFaiss();`, "importFaiss does not exist here"],
    [
      "a function that cannot await",
      `${BM25}const f = () => BM25Retriever.fromDocuments(d, { k: 1 });`,
      "the function around it is not",
    ],
    [
      "a field that cannot await",
      `${BM25}class A { b = new BM25Retriever({ docs, k: 1 }); }`,
      "the function around it is not",
    ],
    ["BM25 of unknown options", `${BM25}BM25Retriever.fromDocuments(d, options);`, "not an object literal"],
    [
      "a client of Cohere",
      `${COHERE}new CohereRerank({ client, model: "m" });`,
      "the option `client` does not exist here",
    ],
    ["no model of Cohere", `${COHERE}new CohereRerank({ topN: 3 });`, "name no `model`"],
    [
      "Cohere's other method",
      `${COHERE}new CohereRerank({ model: "m" }).rerank(d, q);`,
      "`rank(query, texts)`",
    ],
    [
      "headers of chunks",
      `${SPLITTER}new S().createDocuments(t, [], { chunkHeader: "x" });`,
      "`chunkHeader` does not exist here",
    ],
    ["a splitter that is handed on", `${SPLITTER}export { S };`, "default chunkSize"],
    ["everything handed on", 'export * from "langchain/retrievers/ensemble";', "everything is handed on"],
    ["a default import", 'import f from "@langchain/community/vectorstores/faiss";', "no default export"],
    ["a mock", 'jest.mock("@langchain/community/vectorstores/faiss");', "another way than by an import"],
    [
      "a module as a value",
      'import * as f from "@langchain/community/vectorstores/faiss"; use(f);',
      "used as a value (line 1)",
    ],
    [
      "a rest pattern",
      'const { FaissStore, ...x } = require("@langchain/community/vectorstores/faiss");',
      "more than a list of names",
    ],
    [
      "the values of a type",
      'import { UnknownHandling } from "langchain/document_loaders/fs/directory"; Object.keys(UnknownHandling);',
      "its values are texts",
    ],
    [
      "Hugging Face's service",
      'import { HuggingFaceInferenceEmbeddings } from "@langchain/community/embeddings/hf";',
      "calls Hugging Face's service",
    ],
    [
      "tokenizers of transformers.js",
      'import { AutoTokenizer } from "@huggingface/transformers";',
      "chapter 19",
    ],
    [
      "a reranker of transformers.js",
      'import { AutoModelForSequenceClassification as M } from "@huggingface/transformers";\nM.from_pretrained(id);',
      "chapter 19",
    ],
    ["a pipeline that is handed on", `${PIPELINE}export { p };`, "`pipeline` is handed on"],
    ["a task from elsewhere", `${PIPELINE}const e = await p(task);`, "its task is not a string literal"],
    ["another task", `${PIPELINE}const e = await p("summarization");`, 'no task "summarization" here'],
    [
      "a classifying pipeline",
      `${PIPELINE}const c = await p("text-classification", "a/b");`,
      'new HuggingFaceCrossEncoder({ model: "a/b" })',
    ],
    [
      "a pipeline that is returned",
      `${PIPELINE}const f = () => p("feature-extraction");`,
      "value of a constant",
    ],
    ["a pipeline that is exported", `${PIPELINE}export ${EXTRACTOR}`, "value of a constant"],
    [
      "a callback of a pipeline",
      `${PIPELINE}const e = await p("feature-extraction", "m", { progress_callback: f });`,
      "`options.progress_callback` does not exist here",
    ],
    ["a pipeline that is not called", `${PIPELINE}${EXTRACTOR}`, "`e` is not called"],
    [
      "an extractor in a list",
      `${PIPELINE}${EXTRACTOR} use([e]);`,
      "`e` is used in another way than by calls (line 2)",
    ],
    [
      "a text or texts",
      `${PIPELINE}${EXTRACTOR} const f = async (x) => (await e(x, { pooling: "mean" })).tolist();`,
      "whether `x` is one text or a list (line 2)",
    ],
    [
      "a text that may be missing",
      `${PIPELINE}${EXTRACTOR} const f = async (x?: string) => (await e(x, { pooling: "mean" })).tolist();`,
      "whether `x` is one text or a list",
    ],
    [
      "options of a call",
      `${PIPELINE}${EXTRACTOR} (await e("x", options)).tolist();`,
      "options of `e` are not an object literal",
    ],
    [
      "tokens",
      `${PIPELINE}${EXTRACTOR} (await e("x", { normalize: true })).tolist();`,
      "without `pooling` a pipeline gives a vector for each token",
    ],
    [
      "two ways of pooling",
      `${PIPELINE}${EXTRACTOR} (await e("x", { pooling: "mean" })).tolist(); (await e("x", { pooling: "cls" })).tolist();`,
      "calls of `e` have different options",
    ],
    [
      "promises of vectors",
      `${PIPELINE}${EXTRACTOR} e("x", { pooling: "mean" }).then(f);`,
      "are not awaited",
    ],
    [
      "the numbers of a list",
      `${PIPELINE}${EXTRACTOR} const t = await e(["x"], { pooling: "mean" }); Array.from(t.data);`,
      "in another way than by `tolist()`",
    ],
    [
      "a tensor",
      `${PIPELINE}${EXTRACTOR} const t = await e("x", { pooling: "mean" }); t.dims;`,
      "in another way than by `tolist()`",
    ],
    [
      "special tokens",
      `${TOKENS}new TokenTextSplitter({ encodingName: "gpt2", allowedSpecial: "all" });`,
      "encoding.encode(text, …)",
    ],
    ["options of tokens", `${TOKENS}new TokenTextSplitter(options);`, "not an object literal"],
    [
      "spread options of tokens",
      `${TOKENS}new TokenTextSplitter({ ...options });`,
      "spreads or computed names",
    ],
    [
      "a splitter by tokens that is handed on",
      `${TOKENS}export { TokenTextSplitter };`,
      "in another way than by `new`",
    ],
    [
      "Cohere's client, without a rerank that can be seen",
      'import { CohereClient } from "cohere-ai"; new CohereClient().chat({});',
      "chapter 19",
    ],
    [
      "names of one import() that go to several places",
      'import("@langchain/textsplitters").then(({ TextSplitter, Other }) => 1);',
      "would go to several places",
    ],
  ])("leaves %s, and says why", (_name, text, message) => {
    const { text: after, findings } = migrate(text);
    expect(after).toBe(text);
    expect(findings.map((finding) => finding.message).join()).toContain(message);
  });

  it("says at each call of Cohere's client what to write there", () => {
    const text = `import { CohereClientV2 } from "cohere-ai";
const cohere = new CohereClientV2({});
await cohere.rerank({ model: "rerank-v3.5", query, documents: texts, topN: 3 });
await cohere.v2.rerank({ model, query: "why", documents });
`;
    expect(migrate(text)).toMatchObject({ text, left: [] });
    expect(
      migrate(text).findings.map(({ line, message }) => [line, /`await (.*?)` \(/.exec(message)?.[1]]),
    ).toEqual([
      [
        3,
        'new HttpCrossEncoder({ url: "https://api.cohere.com", protocol: "cohere", model: "rerank-v3.5" }).rank(query, texts, { topN: 3 })',
      ],
      [
        4,
        'new HttpCrossEncoder({ url: "https://api.cohere.com", protocol: "cohere", model }).rank("why", documents)',
      ],
    ]);
  });

  it("names each reranker of transformers.js with its line", () => {
    const text = `const { AutoModelForSequenceClassification } = require("@xenova/transformers");
const a = AutoModelForSequenceClassification.from_pretrained("Xenova/a");
const b = AutoModelForSequenceClassification.from_pretrained(b);
`;
    expect(migrate(text, "a.js")).toMatchObject({
      text,
      findings: [
        { line: 2, message: expect.stringContaining('new HuggingFaceCrossEncoder({ model: "Xenova/a" })') },
        { line: 3, message: expect.stringContaining("new HuggingFaceCrossEncoder({ model: b })") },
      ],
    });
  });

  it("says where, and keeps other names of the same import", () => {
    const text = `\n${EMBEDDINGS}${FAISS.replace("FaissStore", "FaissStore, FaissLibArgs")}\nnew E(\n  options);\n`;
    const { text: after, findings } = migrate(text);
    expect(after).toContain(
      'import { FaissStore } from "@secondpass/vectorstore-faiss";\nimport { FaissLibArgs } from "@lang',
    );
    expect(after).toContain(EMBEDDINGS);
    expect(findings.map(({ line }) => line)).toEqual([3, 5]);
  });

  it("awaits at the top of ES modules only", () => {
    const text = `${BM25}const a = BM25Retriever.fromDocuments(d, { k: 1 }).invoke("x");\n`;
    expect(migrate(text).text).toContain("(await BM25Retriever.fromDocuments(d, { k: 1 })).invoke");
    const stays = migrate(text, "a.ts", false);
    expect([stays.text, stays.findings[0]?.message]).toEqual([
      text,
      expect.stringContaining("may be CommonJS"),
    ]);
  });

  it("gives BM25 without k all documents, as before", () => {
    expect(migrate(`${BM25}await BM25Retriever.fromDocuments(d, {});`).text).toContain("{ k: Infinity }");
  });

  it("removes options with their comments, and no others", () => {
    const text = `${BM25}const r = await BM25Retriever.fromDocuments(d, {
  // how many
  k: 2, // two
  // scores too
  includeScore: true, // for tests
});
const s = await BM25Retriever.fromDocuments(d, { includeScore: true });
`;
    expect(migrate(text).text).toContain(`(d, {
  // how many
  k: 2, // two
});
const s = await BM25Retriever.fromDocuments(d, { k: Infinity });
`);
  });

  it("adds options before a comment that belongs to the last", () => {
    expect(migrate(`${SPLITTER}new S({\n  chunkOverlap: 5, // small\n});`).text).toContain(
      "({\n  chunkSize: 1000,\n  chunkOverlap: 5, // small\n});",
    );
  });

  it("does not touch a file that cannot be parsed", () => {
    const text = `${FAISS}const = 3;\n`;
    expect(migrate(text)).toEqual({
      text,
      findings: [],
      left: [],
      syntaxError: { line: 2, message: expect.stringMatching(/./) },
    });
  });

  const STATEMENTS = [
    "const a = new S();",
    "const b = new S({ chunkOverlap: 3 });",
    'const c = new E({ model: "Xenova/x", pretrainedOptions: { revision: "r" } });',
    "const d = new E(options);",
    "const f = await FaissStore.fromDocuments(docs, e);",
    "FaissStore.importFaiss();",
    "const g = BM25Retriever.fromDocuments(docs, { k: 3, includeScore: false });",
    "const h = () => new BM25Retriever({ docs, k: 1 });",
    'const i = new CohereRerank({ model: "m", topN: 2 });',
    "const j = new EmbeddingsFilter({ embeddings: e, k: undefined });",
    "const k = { FaissStore };",
    'const l = await p("feature-extraction"); (await l("x", { pooling: "mean" })).tolist();',
    "const m = new TokenTextSplitter({ chunkOverlap: 1 });",
    "// a comment, \u00e9 \ud55c\uad6d\uc5b4 \ud83d\udc4d",
    "function FaissStores() { const FaissStore = 1; return FaissStore; }",
  ];

  it("changes nothing the second time, keeps line ends and the byte order mark, and leaves other code unchanged", () => {
    const programs = fc.record({
      imports: fc.subarray([SPLITTER, EMBEDDINGS, FAISS, BM25, COHERE, FILTER, PIPELINE, TOKENS]),
      statements: fc.array(fc.constantFrom(...STATEMENTS), { maxLength: 6 }),
      newline: fc.constantFrom("\n", "\r\n"),
      mark: fc.constantFrom("", "\ufeff"),
      end: fc.constantFrom("", "\n"),
      quote: fc.constantFrom("'", '"'),
    });
    fc.assert(
      fc.property(programs, ({ imports, statements, newline, mark, end, quote }) => {
        // Use each statement once, because a name can be declared only once.
        const body = imports.join("") + [...new Set(statements)].join("\n") + end;
        const text = mark + body.replaceAll('"', quote).replaceAll("\n", newline);
        const { text: after } = migrate(text);
        expect(migrate(after).text).toBe(after);
        expect(after.startsWith("\ufeff")).toBe(mark !== "");
        expect(after.replaceAll(newline, "")).not.toMatch(/[\r\n]/);
        expect(after).not.toContain(quote === "'" ? '"' : "'");
        for (const statement of new Set(statements)) {
          if (/^(?:\/\/|function)/.test(statement)) expect(after).toContain(statement.replaceAll('"', quote));
        }
        if (imports.length === 0) expect(after).toBe(text);
      }),
      { numRuns: 20 },
    );
  });
});
