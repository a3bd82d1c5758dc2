import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { until } from "@secondpass/test-kit";
import { send } from "../local-http/send.js";
import { type RunningPage, runningPage } from "./running-page.js";

const TEXTS = {
  "notes/bears.md": "# Bears\n\nBrown bears sleep in winter. They eat fish and berries in autumn.\n",
  "notes/paris.txt": "The Eiffel Tower is in Paris. It was finished in 1889, and is 330 metres high.",
  "notes/tea.html": "<p>Green tea is brewed with water of 80 degrees.</p><p>It is drunk in Japan.</p>",
  "notes/ships.md": "Ships carry most goods of the world's trade. The Suez Canal is 193 km long.\n",
};

let page: RunningPage;
let id: string;

beforeAll(async () => {
  page = await runningPage();
  const lines = await page.upload(TEXTS);
  id = lines.at(-1).collection.id;
});
afterAll(async () => {
  await page[Symbol.asyncDispose]();
});

const search = (fields: object, signal?: AbortSignal) =>
  page.call(
    "POST",
    "/api/search",
    { collection: id, question: "How high is the tower in Paris?", ...fields },
    signal,
  );

describe("the page's API", () => {
  it("lists the collections and models", async () => {
    const { json } = await page.call("GET", "/api/state");
    expect(json.collections).toMatchObject([
      { id, name: "notes", isTemporary: true, files: 4, embedder: "mini-embedder" },
    ]);
    expect(json.models).toEqual(["mini-reranker"]);
    expect(json.uploads.endings).toContain(".md");
  });

  it("answers with both passes: places, scores, sentences and times", async () => {
    const { json, status } = await search({ k: 4, topN: 2 });
    expect(status).toBe(200);
    expect(json.passages.map((one: { placeBefore: number }) => one.placeBefore)).toEqual([1, 2, 3, 4]);
    const best = json.passages.find((one: { place?: number }) => one.place === 1);
    expect(best.source).toBe("notes/paris.txt");
    expect(best.text).toContain("330 metres");
    const [{ start, end, text }] = best.sentences;
    expect(best.text.slice(start, end)).toBe(text);
    expect(json.passages.filter((one: { place?: number }) => one.place !== undefined)).toHaveLength(2);
    for (const { rerankScore, firstPass, path } of json.passages) {
      expect([typeof rerankScore, typeof firstPass.score, path]).toEqual(["number", "number", undefined]);
    }
    const { firstPass, rerank, sentences, total } = json.milliseconds;
    expect(total).toBeGreaterThanOrEqual(Math.max(firstPass, rerank, sentences));
  });

  it("remembers scores, and returns the same", async () => {
    const before = (await search({ k: 4, topN: 4, question: "What do bears eat?" })).json;
    const after = (await search({ k: 4, topN: 1, question: "What do bears eat?" })).json;
    expect(after.pairs).toEqual({ computed: 0, remembered: expect.any(Number) });
    const scores = ({ passages }: typeof before) =>
      passages.map((one: { rerankScore: number }) => one.rerankScore);
    expect(scores(after)).toEqual(scores(before));
  });

  it("accepts mode, threshold, blend and no model", async () => {
    const places = async (fields: object) =>
      (await search({ k: 4, topN: 4, ...fields })).json.passages.filter(
        (one: { place?: number }) => one.place,
      ).length;
    expect(await places({ threshold: 2 })).toBe(0);
    expect(await places({ blend: 0 })).toBe(4);
    const { passages } = (await search({ blend: 1 })).json;
    const best = passages.filter((one: { place?: number }) => one.place);
    expect(best.map((one: { place: number; placeBefore: number }) => one.placeBefore - one.place)).toEqual([
      0, 0, 0,
    ]);
    const bare = (await search({ model: "", mode: "dense", k: 3, topN: 2 })).json;
    expect([bare.model, bare.mode, bare.passages.length]).toEqual([undefined, "dense", 3]);
    expect(bare.passages.map((one: { place?: number }) => one.place)).toEqual([1, 2, undefined]);
    const words = (await search({ mode: "lexical", question: "zzzz" })).json;
    expect(words.passages).toEqual([]);
  });

  it.each([
    [{ question: " " }, /^Expected question to be a question of 1 to 2000 characters, got " "/],
    [{ question: 7 }, /^Expected question/],
    [{ k: 0 }, /^Expected k to be a whole number from 1 to 200, got 0\./],
    [{ k: 2, topN: 3 }, /^Expected topN to be a whole number from 1 to 2, got 3\./],
    [{ mode: "sparse" }, /^Expected mode to be hybrid or dense or lexical, got "sparse"/],
    [{ threshold: "high" }, /^Expected threshold/],
    [{ blend: 1.5 }, /^Expected blend to be a number from 0 to 1, got 1\.5\./],
    [{ blend: true }, /^Expected blend/],
    [{ sentences: 11 }, /^Expected sentences/],
    [{ model: "elsewhere/model" }, /^Expected model to be one of mini-reranker, got elsewhere\/model/],
    [{ topn: 3 }, /^There is no field topn\. Did you mean topN\?/],
  ])("says what is wrong with %j", async (fields, message) => {
    const { status, json } = await search(fields);
    expect([status, json.error.type]).toEqual([400, "invalid"]);
    expect(json.error.message).toMatch(message);
  });

  it("shows a passage's file, and no other file of the machine", async () => {
    const read = (source: string, near = "0") =>
      page.call("GET", `/api/source?${new URLSearchParams({ collection: id, source, near })}`);
    const { json } = await read("notes/bears.md");
    expect(json).toEqual({
      source: "notes/bears.md",
      format: "markdown",
      context: "",
      text: TEXTS["notes/bears.md"],
      startIndex: 0,
      length: TEXTS["notes/bears.md"].length,
      isChanged: false,
    });
    for (const source of ["../index/index.json", "/etc/passwd", "notes/../notes/bears.md", "constructor"]) {
      expect((await read(source)).status).toBe(404);
    }
    expect((await read("notes/bears.md", "x")).status).toBe(400);
  });

  it("gives clients that search at the same time each its own answer", async () => {
    const questions = [
      "How high is the tower?",
      "What do bears eat?",
      "How is tea brewed?",
      "How long is the canal?",
    ];
    const answers = await Promise.all(questions.map((question) => search({ question, topN: 1 })));
    expect(answers.map(({ json }) => json.question)).toEqual(questions);
    const best = answers.map(
      ({ json }) => json.passages.find((one: { place?: number }) => one.place === 1).source,
    );
    expect(best).toEqual(["notes/paris.txt", "notes/bears.md", "notes/tea.html", "notes/ships.md"]);
  });

  it("continues for the other clients when one leaves", async () => {
    const controller = new AbortController();
    const left = search({ question: "Who has left?" }, controller.signal).catch((error: Error) => error.name);
    const other = search({ question: "Who is still here?" });
    controller.abort();
    expect(await left).toBe("AbortError");
    expect((await other).status).toBe(200);
    expect(page.failures).toEqual([]);
  });

  it("needs the token for everything but the page", async () => {
    for (const [method, path] of [
      ["GET", "/api/state"],
      ["POST", "/api/search"],
      ["GET", "/api/source?collection=x&source=y"],
      ["POST", "/api/uploads"],
      ["POST", "/api/uploads/file?id=x&path=y"],
      ["POST", "/api/uploads/index"],
      ["DELETE", "/api/uploads?id=x"],
      ["DELETE", "/api/collections?id=x"],
    ] as const) {
      expect([path, (await send(page.server.url, path, { method })).status]).toEqual([path, 401]);
    }
  });
});

describe("uploads", () => {
  it("become a collection, which can be removed while others are searched", async () => {
    const lines = await page.upload(
      { "one.md": "A single note on lighthouses, which guide ships." },
      "one.md",
    );
    const { collection } = lines.at(-1);
    expect(collection).toMatchObject({ name: "one.md", files: 1, passages: 1 });
    const answer = await search({ collection: collection.id, question: "What guides ships?" });
    expect(answer.json.passages).toHaveLength(1);
    expect((await page.call("DELETE", `/api/collections?id=${collection.id}`)).status).toBe(200);
    const { status, json } = await search({ collection: collection.id });
    expect([status, json.error.message]).toEqual([404, expect.stringContaining("Drop them again")]);
    expect((await search({})).status).toBe(200);
  });

  it("report which files cannot be read, and index the others", async () => {
    const lines = await page.upload({
      "good.md": "Readable words.",
      "bad.md": Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0xff]),
    });
    const { collection, problems } = lines.at(-1);
    expect([collection.files, problems[0].source]).toEqual([1, "bad.md"]);
  });

  it("report if there is nothing to read", async () => {
    const nothing: Record<string, string>[] = [{}, { "empty.md": "" }];
    for (const files of nothing) {
      const [line] = await page.upload(files);
      expect(line.error.type).toBe("failed");
    }
  });

  it.each(["../up.md", "/abs.md", "a//b.md", "a/./b.md", "a\\b.md", "nul\u0000.md", "", "x".repeat(501)])(
    "reject a path such as %j",
    async (path) => {
      const { id: upload } = (await page.call("POST", "/api/uploads")).json;
      const query = new URLSearchParams({ id: upload, path });
      const { status } = await page.call("POST", `/api/uploads/file?${query}`, {});
      expect(status).toBe(400);
      await page.call("DELETE", `/api/uploads?id=${upload}`);
    },
  );

  it("have limits, which a client learns before it sends", async () => {
    const { id: upload } = (await page.call("POST", "/api/uploads")).json;
    const tooLarge = await send(page.server.url, `/api/uploads/file?id=${upload}&path=a.md`, {
      method: "POST",
      headers: { authorization: `Bearer ${page.server.token}`, "content-length": String(11 * 1024 * 1024) },
    }).catch((error: Error) => error);
    expect(tooLarge).toMatchObject({
      status: 413,
      json: { error: { message: expect.stringContaining("10 MB") } },
    });
    const { uploads } = page;
    const size = 10 * 1024 * 1024;
    const neverRead = () => Promise.reject(new Error("It was read."));
    // Files that are still being sent count, too.
    let arrive = () => {};
    const arrived = new Promise<Uint8Array>((resolve) => {
      arrive = () => resolve(new Uint8Array(1));
    });
    const onTheirWay = Array.from({ length: 6 }, (_, i) =>
      uploads.add(upload, `${i}.md`, size, () => arrived),
    );
    await expect(uploads.add(upload, "7.md", size, neverRead)).rejects.toThrow(
      "at most 64 MB of files together",
    );
    arrive();
    await Promise.all(onTheirWay);
    await page.uploads.abandon(upload);
    await expect(uploads.add(upload, "8.md", 1, neverRead)).rejects.toThrow("There is no such upload");
  });

  it("have a total limit, which abandoned ones do not count towards", async () => {
    const { uploads } = page;
    const begun = await Promise.all(Array.from({ length: 5 }, () => uploads.begin()));
    const size = 10 * 1024 * 1024;
    const nothing = async () => new Uint8Array();
    for (const id of begun.slice(0, 4)) {
      for (let i = 0; i < 6; i++) await uploads.add(id, `${i}.md`, size, nothing);
    }
    const last = begun[4] as string;
    await uploads.add(last, "a.md", size, nothing);
    await expect(uploads.add(last, "b.md", size, nothing)).rejects.toThrow(
      "at most 256 MB of dropped files on the page altogether",
    );
    await uploads.abandon(begun[0] as string);
    await uploads.add(last, "b.md", size, nothing);
    await Promise.all(begun.map((id) => uploads.abandon(id)));
  });

  it("need no more room than announced", async () => {
    const { id: upload } = (await page.call("POST", "/api/uploads")).json;
    const { status, json } = await send(page.server.url, `/api/uploads/file?id=${upload}&path=a.md`, {
      method: "POST",
      headers: { authorization: `Bearer ${page.server.token}`, "transfer-encoding": "chunked" },
      body: "text",
    });
    expect([status, json.error.message]).toEqual([400, expect.stringContaining("Content-Length")]);
    await page.uploads.abandon(upload);
  });

  it("are removed if nobody continues them", async () => {
    const temporary = await mkdtemp(join(tmpdir(), "page-test-"));
    await using other = await runningPage(temporary);
    const { id } = (await other.call("POST", "/api/uploads")).json;
    await other.uploads.add(id, "a.md", 5, async () => Buffer.from("Words"));
    const folders = async () => readdir(join(temporary, (await readdir(temporary))[0] as string));
    for (let sweep = 1; sweep <= 2; sweep++) await other.uploads.sweep();
    expect(await folders()).toEqual([id]);
    await other.uploads.add(id, "b.md", 5, async () => Buffer.from("words"));
    for (let sweep = 1; sweep <= 2; sweep++) await other.uploads.sweep();
    expect(await folders()).toEqual([id]);
    await other.uploads.sweep();
    expect(await folders()).toEqual([]);
    const { text } = await other.call("POST", "/api/uploads/index", { id, name: "late" });
    expect(text).toContain("There is no such upload");
    await rm(temporary, { recursive: true, force: true });
  });

  it("are kept while a page reports that it shows them", async () => {
    const temporary = await mkdtemp(join(tmpdir(), "page-test-"));
    await using other = await runningPage(temporary);
    const { library } = other;
    const kept = (await other.upload({ "kept.md": "Some words." })).at(-1).collection.id as string;
    const left = (await other.upload({ "left.md": "Other words." })).at(-1).collection.id as string;
    const ids = async () => (await library.facts()).collections.map((one) => one.id);
    for (let minute = 1; minute < 60; minute++) library.sweep();
    expect(await ids()).toEqual([kept, left]);
    const { json } = await other.call("GET", `/api/state?keep=${kept},gone`);
    expect(json.collections).toHaveLength(2);
    library.sweep();
    expect(await ids()).toEqual([kept]);
    for (let minute = 1; minute < 59; minute++) library.sweep();
    const body = { collection: kept, question: "Which words?" };
    expect((await other.call("POST", "/api/search", body)).status).toBe(200);
    library.sweep();
    expect(await ids()).toEqual([kept]);
    const [root = ""] = await readdir(temporary);
    await until(async () => (await readdir(join(temporary, root))).length === 1);
    await rm(temporary, { recursive: true, force: true });
  });

  it("make room for others only if their pages are closed", async () => {
    await using other = await runningPage();
    const { library, uploads } = other;
    await other.upload({ "a.md": "Some words." });
    await Promise.all(Array.from({ length: 15 }, () => uploads.begin()));
    const full = await other.call("POST", "/api/uploads");
    expect([full.status, full.json.error.message]).toEqual([413, expect.stringContaining("at most 16")]);
    for (let minute = 1; minute <= 5; minute++) library.sweep();
    await library.makeRoom(2);
    expect((await library.facts()).collections).toHaveLength(1);
    await library.makeRoom(1);
    expect((await library.facts()).collections).toEqual([]);
    expect((await other.call("POST", "/api/uploads")).status).toBe(200);
  });

  it("leave no files behind", async () => {
    const temporary = await mkdtemp(join(tmpdir(), "page-test-"));
    const other = await runningPage(temporary);
    await other.upload({ "a.md": "Some words." });
    expect(await readdir(temporary)).toHaveLength(1);
    await other[Symbol.asyncDispose]();
    expect(await readdir(temporary)).toEqual([]);
    await rm(temporary, { recursive: true });
  });
});
