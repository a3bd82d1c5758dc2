import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpServer } from "../../src/mcp/create-mcp-server.js";
import { type McpHttpServer, serveOverHttp } from "../../src/mcp/transports/serve-over-http.js";
import { CorpusFolder } from "../corpus-folder.js";
import { runMain } from "../run-main.js";
import { type Connected, connect, countScored, testClient } from "./connect.js";

jest.setTimeout(60_000);

const LONG = "A line with an accent é and a face 😀 in it. ".repeat(60);
const SAVING = `# Saving\n\nNobody reads this line.\n\n${"An index is saved to a folder by its method save. ".repeat(2)}\n`;
const folder = new CorpusFolder({
  "saving.md": SAVING,
  "fruit.txt":
    "First line.\r\n\r\nBananas ripen faster in a paper bag.\r\nApples keep longer in the cold.\r\n",
  "long.txt": `${LONG}\n${"short line\n".repeat(200)}${LONG}`,
  "deep/er/a b&c.md": "Names with spaces are read, too.\n",
  "alps.html": "<h1>Alps</h1>\n<p>Mont Blanc is 4806&nbsp;m high.</p>",
});
const index = (...words: string[]) =>
  runMain(["index", folder.texts, "--index", folder.index, "--chunk-size", "150", ...words]);
let connected: Connected;
beforeAll(async () => {
  expect(await index()).toMatchObject({ code: 0, stderr: "" });
  connected = await connect(folder.index);
});
afterAll(async () => {
  await connected[Symbol.asyncDispose]();
  folder.dispose();
});

interface Structured {
  // biome-ignore lint/suspicious/noExplicitAny: the tools' schemas are checked by the server.
  readonly [name: string]: any;
}

/** Calls a tool that answers. */
async function call(
  name: string,
  args: Record<string, unknown>,
  { client }: Pick<Connected, "client"> = connected,
) {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: args });
  const text = (content as { text: string }[])[0]!.text;
  expect([isError ?? false, isError && text]).toEqual([false, isError && text]);
  return { text, structured: structuredContent as Structured };
}

/** Returns the message of a call that fails. */
async function failure(
  name: string,
  args: Record<string, unknown>,
  { client }: Pick<Connected, "client"> = connected,
): Promise<string> {
  const { content, isError } = await client.callTool({ name, arguments: args });
  expect(isError).toBe(true);
  return (content as { text: string }[])[0]!.text;
}

describe("the server", () => {
  it("lists its tools with schemas, and marks them as read-only", async () => {
    const { tools } = await connected.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["search", "rerank", "read_passage", "list_sources"]);
    for (const { inputSchema, outputSchema, annotations, description } of tools) {
      expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema).toMatchObject({ type: "object" });
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect(description).toMatch(/\.$/);
      for (const property of Object.values(inputSchema.properties ?? {})) {
        expect(property).toMatchObject({ description: expect.any(String) });
      }
    }
  });
});

describe("search", () => {
  it("returns the best passage with its exact place", async () => {
    const { text, structured } = await call("search", { query: "How is an index saved?", top_n: 2 });
    expect(structured).toMatchObject({ mode: "hybrid", reranked: true, omitted: [], warnings: [] });
    const [best] = structured.passages;
    expect(best).toMatchObject({ source: "saving.md", file: join(folder.texts, "saving.md"), is_cut: false });
    expect(SAVING.slice(best.start_index, best.end_index)).toBe(best.text);
    const lines = SAVING.slice(0, best.start_index).split("\n").length;
    expect(best.lines.from).toBe(lines);
    expect(text).toContain(`saving.md:${best.lines.from}`);
    expect(text).toContain(best.text);
    const again = await call("read_passage", { id: best.id });
    expect(again.structured).toMatchObject({ source: "saving.md", text: best.text });
    expect(again.structured).not.toHaveProperty("next");
  });

  it.each([1000, 1300, 2000, 6000])("fits %i characters, and names what it leaves out", async (max) => {
    const args = { query: "a line with an accent", top_n: 20, rerank: false, max_characters: max };
    const { text, structured } = await call("search", args);
    const { passages, omitted, candidates } = structured;
    expect(text.length).toBeLessThanOrEqual(max);
    expect(passages.length).toBeGreaterThan(0);
    expect(passages.length + omitted.length).toBe(Math.min(20, candidates));
    for (const passage of passages) expect(text).toContain(passage.text);
    const isShort = omitted.length > 0 || passages.at(-1).is_cut;
    expect(text.includes("Call read_passage with an id")).toBe(isShort);
    expect(isShort).toBe(max < 6000);
    if (omitted.length > 0) {
      expect((await call("read_passage", { id: omitted[0].id })).structured.source).toBe(omitted[0].source);
    }
  });

  it("searches by words alone, keeps to the threshold, and finds nothing without an error", async () => {
    const lexical = await call("search", { query: "bananas", mode: "lexical", rerank: false });
    expect(lexical.structured).toMatchObject({ mode: "lexical", reranked: false, candidates: 1 });
    const none = await call("search", { query: "bananas", min_score: 1e9 });
    expect(none.structured.passages).toEqual([]);
    expect(none.text).toContain("No passage was found");
  });

  it("warns of a language that its models do not know", async () => {
    const { text, structured } = await call("search", { query: "도서관은 언제 쉬나요?" });
    expect(structured.warnings).toEqual([
      expect.stringMatching(/^the embedder of the index does not know .* Words alone found/),
      expect.stringMatching(/^the reranker does not know .*bge-reranker-v2-m3/),
    ]);
    expect(text).toMatch(/^Warning: the embedder/);
    // Another call does not get the warning.
    expect((await call("search", { query: "bananas" })).structured.warnings).toEqual([]);
  });

  it("reports growing progress if the client wants it", async () => {
    const told: { progress: number; total?: number | undefined; message?: string | undefined }[] = [];
    await connected.client.callTool(
      { name: "search", arguments: { query: "bananas" } },
      { onprogress: (progress) => void told.push(progress) },
    );
    const numbers = told.map(({ progress }) => progress);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(told.map(({ message }) => message)).toEqual([
      "Opening the index",
      "Finding candidates",
      expect.stringMatching(/^Reranking \d+ candidates$/),
      "Done",
    ]);
    expect(told.at(-1)).toMatchObject({ progress: 4, total: 4 });
  });
});

describe("rerank", () => {
  it("orders texts by how well they answer", async () => {
    const documents = ["Trains leave at seven.", "Bananas ripen faster in a paper bag.", "The moon is far."];
    const { structured, text } = await call("rerank", {
      query: "How do bananas ripen?",
      documents,
      top_n: 2,
    });
    expect(structured.results).toHaveLength(2);
    expect(structured.results[0]).toMatchObject({ index: 1 });
    expect(structured.results[0].score).toBeGreaterThan(structured.results[1].score);
    expect(text).toContain("documents[1]");
    expect((await call("rerank", { query: "x", documents: [] })).structured).toEqual({
      results: [],
      omitted: 0,
      warnings: [],
    });
  });

  it("keeps the order of texts that its model cannot read, and its own limit", async () => {
    const korean = ["도서관은 월요일에 문을 닫는다.", "기차는 아침에 떠난다."];
    const { structured } = await call("rerank", { query: "도서관", documents: korean });
    expect(structured.results.map((result: { index: number }) => result.index)).toEqual([0, 1]);
    expect(structured.warnings).toHaveLength(1);
    const documents = Array.from({ length: 40 }, (_, i) => `Text ${i} of many, each as long as the others.`);
    const limited = await call("rerank", { query: "text", documents, max_characters: 1000 });
    expect(limited.text.length).toBeLessThanOrEqual(1000);
    const { results, omitted } = limited.structured;
    expect([results.length > 0, results.length + omitted]).toEqual([true, 40]);
  });
});

describe("a call that the client cancels", () => {
  it("stops", () => cancelOne(connected.client));
});

/** Cancels a long call at its first progress report, and waits until another call is answered. */
async function cancelOne(client: Client): Promise<void> {
  const documents = Array.from({ length: 960 }, (_, i) => `Text ${i} of many.`);
  const scored = countScored(connected.library);
  const controller = new AbortController();
  const pending = client.callTool(
    { name: "rerank", arguments: { query: "text", documents } },
    {
      signal: controller.signal,
      onprogress: ({ message }) => {
        if (message?.startsWith("Reranked")) controller.abort();
      },
    },
  );
  await expect(pending).rejects.toThrow();
  const { structuredContent } = await client.callTool({
    name: "rerank",
    arguments: { query: "text", documents: ["one"] },
  });
  expect(structuredContent).toMatchObject({ results: [{ index: 0 }] });
  expect(scored()).toBeLessThan(documents.length);
}

describe("over HTTP", () => {
  let server: McpHttpServer;
  beforeAll(async () => {
    const log = { write: () => undefined };
    server = await serveOverHttp(() => createMcpServer(connected.library), { port: 0, log });
  });
  afterAll(() => server.close());
  const connectOver = async (isCurrent: boolean) => {
    const headers = { authorization: `Bearer ${server.token}` };
    const transport = new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } });
    const client = testClient(isCurrent);
    await client.connect(transport);
    return client;
  };

  it("serves clients with and without sessions at a time", async () => {
    const clients = await Promise.all([false, true].map(connectOver));
    const both = clients.map((client) => call("search", { query: "bananas", top_n: 1 }, { client }));
    for (const { structured } of await Promise.all(both)) expect(structured.passages).toHaveLength(1);
    await Promise.all(clients.map((client) => client.close()));
  });

  it.each([false, true])(
    "stops the work on a call that a client cancels (current revision: %s)",
    async (isCurrent) => {
      const client = await connectOver(isCurrent);
      await cancelOne(client);
      await client.close();
    },
  );
});

describe("read_passage", () => {
  it.each(["long.txt", "fruit.txt", "saving.md", "deep/er/a b&c.md", "alps.html"])(
    "reads all of %s in parts that are exactly the file's",
    async (source) => {
      const whole = readFileSync(join(folder.texts, source), "utf8");
      let args: Record<string, unknown> | undefined = { source, max_characters: 1000 };
      let read = "";
      while (args !== undefined) {
        const { text, structured }: Awaited<ReturnType<typeof call>> = await call("read_passage", args);
        expect(text.length).toBeLessThanOrEqual(1000);
        expect(structured.start_index).toBe(read.length);
        expect(structured.text).toBe(whole.slice(structured.start_index, structured.end_index));
        const from = whole.slice(0, structured.start_index).split("\n").length;
        expect(structured.lines.from).toBe(from);
        read += structured.text;
        args = structured.next && { ...structured.next, max_characters: 1000 };
      }
      expect(read).toBe(whole);
    },
  );

  it("reads lines", async () => {
    const { structured } = await call("read_passage", { source: "fruit.txt", from_line: 3, to_line: 3 });
    expect(structured).toMatchObject({
      lines: { from: 3, to: 3 },
      text: "Bananas ripen faster in a paper bag.\r\n",
    });
    const rest = await call("read_passage", { source: "fruit.txt", from_line: 4, to_line: 999 });
    expect(rest.structured.text).toBe("Apples keep longer in the cold.\r\n");
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["nothing to read", {}, /either id or source, got neither/],
    ["two things", { id: "x", source: "fruit.txt" }, /either id or source, got both/],
    ["a parent folder", { source: "../../etc/passwd" }, /has no file "\.\.\/\.\.\/etc\/passwd"/],
    ["an absolute path", { source: "/etc/passwd" }, /has no file/],
    ["a detour to an indexed file", { source: "deep/../fruit.txt" }, /has no file/],
    ["another spelling", { source: "./fruit.txt" }, /has no file.* Did you mean "fruit\.txt"\?/],
    ["a name with a zero byte", { source: "fruit.txt\u0000.md" }, /has no file/],
    ["a name of objects", { source: "__proto__" }, /has no file/],
    ["the index itself", { source: "../index/index.json" }, /has no file/],
    ["an id that is a path", { id: "../../etc/passwd" }, /has no passage/],
    [
      "a line after the last",
      { source: "fruit.txt", from_line: 6 },
      /one of the 5 lines of fruit\.txt, got 6/,
    ],
    [
      "lines in the wrong order",
      { source: "fruit.txt", from_line: 3, to_line: 2 },
      /from_line \(3\) or more/,
    ],
    [
      "an end before the beginning",
      { source: "fruit.txt", start_index: 3, end_index: 2 },
      /start_index \(3\)/,
    ],
    ["a place after the end", { source: "fruit.txt", start_index: 99_999 }, /at most \d+, the length/],
    ["lines and places", { source: "fruit.txt", from_line: 1, start_index: 1 }, /lines or indexes, got both/],
    ["an id with lines", { id: "x", from_line: 1 }, /got them with id/],
    [
      "a line of no file",
      { source: "fruit.txt", from_line: 0 },
      /Expected from_line to be a number of at least 1, got 0/,
    ],
    ["a fraction", { source: "fruit.txt", from_line: 1.5 }, /Expected from_line to be an integer, got 1\.5/],
  ])("says what is wrong with %s", async (_name, args, message) => {
    expect(await failure("read_passage", args)).toMatch(message);
  });
});

describe("bad calls", () => {
  it.each<[string, string, unknown, RegExp]>([
    ["no question", "search", {}, /Expected query to be a text, got none/],
    [
      "an empty question",
      "search",
      { query: "" },
      /Expected query to be a text with a number of characters of at least 1/,
    ],
    ["a mistyped name", "search", { query: "x", topn: 3 }, /no argument "topn"\. Did you mean top_n\?/],
    [
      "an unknown mode",
      "search",
      { query: "x", mode: "fuzzy" },
      /one of "hybrid", "dense", "lexical", got "fuzzy"/,
    ],
    [
      "a question that is too long",
      "search",
      { query: "x".repeat(10_001) },
      /at most 10000, got a text of 10001/,
    ],
    ["too small an answer", "search", { query: "x", max_characters: 10 }, /at least 1000, got 10/],
    [
      "a threshold alone",
      "search",
      { query: "x", min_score: 1, rerank: false },
      /min_score only with rerank/,
    ],
    [
      "texts of another type",
      "rerank",
      { query: "x", documents: ["a", 7] },
      /Expected documents\.1 to be a text, got 7/,
    ],
    [
      "too many texts",
      "rerank",
      { query: "x", documents: Array(1001).fill("") },
      /at most 1000, got a list of 1001/,
    ],
    ["a cursor of somebody else", "list_sources", { cursor: "bm9uZQ" }, /cursor to be the one/],
    ["a number as text", "list_sources", { limit: "5" }, /Expected limit to be a number, got "5"/],
  ])("says what is wrong with %s", async (_name, tool, args, message) => {
    expect(await failure(tool, args as Record<string, unknown>)).toMatch(message);
  });

  it("has no other tools", async () => {
    await expect(connected.client.callTool({ name: "delete", arguments: {} })).rejects.toThrow(/not found/);
  });
});

describe("list_sources and resources", () => {
  it("lists all files once, page by page", async () => {
    const pages: Structured[] = [];
    let cursor: string | undefined;
    do {
      const { structured, text } = await call("list_sources", { limit: 2, ...(cursor && { cursor }) });
      expect(text.includes("There are more")).toBe(structured.next_cursor !== undefined);
      pages.push(structured);
      cursor = structured.next_cursor as string | undefined;
    } while (cursor !== undefined);
    const sources = pages.flatMap((page) => page.sources.map(({ source }: { source: string }) => source));
    expect(sources).toEqual(["alps.html", "deep/er/a b&c.md", "fruit.txt", "long.txt", "saving.md"]);
    expect(pages.map(({ total }) => total)).toEqual([5, 5, 5]);
    const deep = await call("list_sources", { prefix: "deep/" });
    expect(deep.structured).toMatchObject({ total: 1, folder: folder.texts });
  });

  it("offers the files as resources", async () => {
    const { resources } = await connected.client.listResources();
    expect(resources).toHaveLength(5);
    const { uri } = resources.find(({ name }) => name === "deep/er/a b&c.md")!;
    expect(uri).toBe("secondpass://source/deep/er/a%20b%26c.md");
    const { contents } = await connected.client.readResource({ uri });
    expect(contents).toEqual([
      { uri, mimeType: "text/markdown", text: "Names with spaces are read, too.\n" },
    ]);
    for (const bad of [
      "secondpass://source/..%2F..%2Fetc%2Fpasswd",
      "file:///etc/passwd",
      "secondpass://source/%zz",
    ]) {
      await expect(connected.client.readResource({ uri: bad })).rejects.toThrow(/There is no resource/);
    }
  });
});

describe("an index that changes", () => {
  it("is opened again after `secondpass index` has replaced it, and unindexed text is not shown", async () => {
    const embedderBefore = await connected.library.index.use(async ({ embeddings }) => embeddings);
    folder.write("new.txt", "Pears are soft in autumn.\n");
    expect(await failure("read_passage", { source: "new.txt" })).toMatch(/has no file "new\.txt"/);
    const text = readFileSync(join(folder.texts, "fruit.txt"), "utf8");
    folder.write("fruit.txt", `Inserted.\r\n${text}`);
    expect(await failure("read_passage", { source: "fruit.txt" })).toMatch(
      /fruit\.txt was changed since it was indexed.* secondpass index /,
    );
    expect(await index()).toMatchObject({ code: 0 });
    const { structured } = await call("read_passage", { source: "fruit.txt", from_line: 1, to_line: 1 });
    expect(structured.text).toBe("Inserted.\r\n");
    expect((await call("search", { query: "pears" })).structured.passages[0].source).toBe("new.txt");
    // The embedder stays in memory.
    expect(await connected.library.index.use(async ({ embeddings }) => embeddings)).toBe(embedderBefore);
  });

  it("does not show a file that replaced an indexed one", async () => {
    const secret = join(folder.root, "secret.txt");
    writeFileSync(secret, "A secret outside.");
    rmSync(join(folder.texts, "new.txt"));
    symlinkSync(secret, join(folder.texts, "new.txt"));
    expect(await failure("read_passage", { source: "new.txt" })).not.toContain("secret");
    rmSync(join(folder.texts, "new.txt"));
    expect(await failure("read_passage", { source: "new.txt" })).toMatch(/^Cannot read new\.txt/);
  });

  it("may be missing: then an agent is told how to make it", async () => {
    await using other = await connect(join(folder.root, "elsewhere"));
    const words = /There is no index in .*elsewhere\. Make one with: secondpass index/;
    expect(await failure("search", { query: "x" }, other)).toMatch(words);
    await expect(other.client.listResources()).rejects.toThrow(words);
    // Reranking needs no index.
    expect((await call("rerank", { query: "x", documents: ["y"] }, other)).structured.results).toHaveLength(
      1,
    );
    renameSync(folder.index, join(folder.root, "elsewhere"));
    expect((await call("list_sources", {}, other)).structured.total).toBe(6);
    expect(await failure("list_sources", {})).toMatch(/There is no index/);
    renameSync(join(folder.root, "elsewhere"), folder.index);
    expect((await call("list_sources", {})).structured.total).toBe(6);
    expect(other.logged() + connected.logged()).toBe("");
  });

  it("says what is wrong with a reranker that cannot be loaded", async () => {
    await using other = await connect(folder.index, "./no-such-model");
    expect(await failure("search", { query: "x" }, other)).toMatch(/no-such-model.*--model/s);
  });
});
