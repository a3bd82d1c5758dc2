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
    ["options that come from elsewhere", `${EMBEDDINGS}new E(options);`, "not written out"],
    ["options that are spread", `${EMBEDDINGS}new E({ ...options });`, "not all written out"],
    [
      "pipeline options from elsewhere",
      `${EMBEDDINGS}new E({ pipelineOptions });`,
      "`pipelineOptions` is not written out",
    ],
    ["an unknown option", `${EMBEDDINGS}new E({ verbose: 1 });`, "the option `verbose` is not here"],
    [
      "a pooling of its own",
      `${EMBEDDINGS}new E({ pipelineOptions: { pooling: "none" } });`,
      'pooling` "none" is not here',
    ],
    [
      "a callback of downloads",
      `${EMBEDDINGS}new E({ pretrainedOptions: { progress_callback: f } });`,
      "progress_callback",
    ],
    ["a class that is handed on", `${EMBEDDINGS}make(E);`, "in another way than by `new`"],
    ["a subclass", `${FAISS}class A extends FaissStore {}`, "extends FaissStore"],
    ["an index of its own", `${FAISS}new FaissStore(e, { index });`, "FaissStore.fromIndex takes an index"],
    ["a docstore", `${FAISS}FaissStore.fromTexts(a, b, c, { docstore });`, "a docstore"],
    ["inner parts of a store", `${FAISS}store.getMapping();`, "`getMapping` is not here"],
    ["the old library", `${FAISS}FaissStore.importFaiss();`, "importFaiss is not here"],
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
    ["BM25 of unknown options", `${BM25}BM25Retriever.fromDocuments(d, options);`, "not written out"],
    [
      "a client of Cohere",
      `${COHERE}new CohereRerank({ client, model: "m" });`,
      "the option `client` is not here",
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
      "`chunkHeader` is not here",
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
      "asks Hugging Face's service",
    ],
    ["transformers.js", 'import { pipeline } from "@huggingface/transformers";', "chapter 19"],
    [
      "names of one import() that go to several places",
      'import("@langchain/textsplitters").then(({ TextSplitter, TokenTextSplitter }) => 1);',
      "would go to several places",
    ],
  ])("leaves %s, and says why", (_name, text, message) => {
    const { text: after, findings } = migrate(text);
    expect(after).toBe(text);
    expect(findings.map((finding) => finding.message).join()).toContain(message);
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

  it("takes options out with their comments, and no others", () => {
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
    "// a comment, \u00e9 \ud55c\uad6d\uc5b4 \ud83d\udc4d",
    "function FaissStores() { const FaissStore = 1; return FaissStore; }",
  ];

  it("changes nothing the second time, keeps line ends and the byte order mark, and is made of what was there", () => {
    const programs = fc.record({
      imports: fc.subarray([SPLITTER, EMBEDDINGS, FAISS, BM25, COHERE, FILTER]),
      statements: fc.array(fc.constantFrom(...STATEMENTS), { maxLength: 6 }),
      newline: fc.constantFrom("\n", "\r\n"),
      mark: fc.constantFrom("", "\ufeff"),
      end: fc.constantFrom("", "\n"),
      quote: fc.constantFrom("'", '"'),
    });
    fc.assert(
      fc.property(programs, ({ imports, statements, newline, mark, end, quote }) => {
        // Each statement once: a name is declared once.
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
