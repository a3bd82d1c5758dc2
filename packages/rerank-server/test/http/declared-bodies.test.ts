import * as zlib from "node:zlib";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type PostAnswer, post, toyReranker } from "@secondpass/test-kit";
import type { RerankServer } from "../../src/index.js";
import { expectedError } from "../expected-error.js";
import { startServer } from "../start-server.js";

const TEXT = "Er heißt 塔";
const JSON_TEXT = JSON.stringify({ query: "ключ", texts: [TEXT], return_text: true });
const LIMIT = 100_000;

let server: RerankServer;
beforeAll(async () => {
  server = await startServer(toyReranker(), { limits: { bodyBytes: LIMIT } });
});
afterAll(() => server.close({ graceMs: 0 }));

const send = (body: string | Uint8Array, headers: Record<string, string>): Promise<PostAnswer> =>
  post(server, body, { path: "/rerank", headers });
const utf16 = (text: string) => Buffer.from(text, "utf16le");
const swapped = (text: string) => utf16(text).swap16();

describe("content encodings", () => {
  it.each<[string, Uint8Array]>([
    ["gzip", gzipSync(JSON_TEXT)],
    ["GZIP", gzipSync(JSON_TEXT)],
    ["x-gzip", gzipSync(JSON_TEXT)],
    ["deflate", deflateSync(JSON_TEXT)],
    ["deflate", deflateRawSync(JSON_TEXT)],
    ["br", brotliCompressSync(JSON_TEXT)],
    ["identity", Buffer.from(JSON_TEXT)],
  ])("%s is read", async (encoding, bytes) => {
    const { status, body } = await send(bytes, { "content-encoding": encoding });
    expect([status, body]).toEqual([200, [expect.objectContaining({ text: TEXT })]]);
  });

  it("zstd is read by Node 22.15 and newer, and is 415 on older ones", async () => {
    const compress = (zlib as { zstdCompressSync?: (text: string) => Buffer }).zstdCompressSync;
    const bytes = compress ? compress(JSON_TEXT) : Buffer.from(JSON_TEXT);
    expect((await send(bytes, { "content-encoding": "zstd" })).status).toBe(compress ? 200 : 415);
  });

  it.each(["compress", "gzip, br", "gzip, gzip", "constructor"])("%s is 415", async (encoding) => {
    expect(await send(JSON_TEXT, { "content-encoding": encoding })).toMatchObject({
      status: 415,
      body: expectedError(expect.stringContaining("content encoding of gzip"), "unsupportedMediaType"),
    });
  });

  it.each<[string, Uint8Array]>([
    ["gzip", gzipSync(JSON_TEXT).subarray(0, 30)],
    ["gzip", Buffer.from(JSON_TEXT)],
    ["br", Buffer.from(JSON_TEXT)],
    ["deflate", Buffer.from("xx")],
  ])("%s that cannot be decoded is 400", async (encoding, bytes) => {
    expect(await send(bytes, { "content-encoding": encoding })).toMatchObject({
      status: 400,
      body: expectedError(expect.stringContaining("cannot be decoded"), "malformed"),
    });
  });

  it("a decompression bomb is 413, even if many come at a time", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
    expect(bomb.length).toBeLessThan(LIMIT);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => send(bomb, { "content-encoding": "gzip" })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(413));
  });
});

describe("charsets", () => {
  it.each<[string, string, Uint8Array]>([
    ["none", "", Buffer.from(JSON_TEXT)],
    ["utf-8", "; charset=utf-8", Buffer.from(JSON_TEXT)],
    ["utf-8 with a mark", "; charset=UTF-8", Buffer.from(`\ufeff${JSON_TEXT}`)],
    ["utf-16le", "; charset=utf-16le", utf16(JSON_TEXT)],
    ["utf-16be", '; charset="utf-16be"', swapped(JSON_TEXT)],
    ["utf-16, little-endian by its mark", "; charset=utf-16", utf16(`\ufeff${JSON_TEXT}`)],
    ["utf-16, big-endian by its mark", "; charset=utf-16", swapped(`\ufeff${JSON_TEXT}`)],
    ["utf-8 next to quotes", '; a="b;charset=utf-16"; charset=utf-8', Buffer.from(JSON_TEXT)],
    ["none, and utf-16 by its mark", "", utf16(`\ufeff${JSON_TEXT}`)],
  ])("%s is read", async (_name, parameter, bytes) => {
    const { status, body } = await send(bytes, { "content-type": `application/json${parameter}` });
    expect([status, body]).toEqual([200, [expect.objectContaining({ text: TEXT })]]);
  });

  it.each([
    ["iso-8859-1", Buffer.from([0x48, 0xf6, 0x68, 0x65]), "Höhe"],
    ["windows-1251", Buffer.from([0xea, 0xeb, 0xfe, 0xf7]), "ключ"],
    ["koi8-r", Buffer.from([0xcb, 0xcc, 0xc0, 0xde]), "ключ"],
    ["shift_jis", Buffer.from([0x93, 0x83]), "塔"],
  ])("%s is read", async (charset, bytes, text) => {
    const [before, after] = JSON.stringify({ query: "q", texts: ["|"], return_text: true }).split("|") as [
      string,
      string,
    ];
    const whole = Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);
    const { status, body } = await send(whole, { "content-type": `application/json; charset=${charset}` });
    expect([status, body]).toEqual([200, [expect.objectContaining({ text })]]);
  });

  it.each(["utf-32", "utf-7", "nonsense"])("%s is 415", async (charset) => {
    expect(await send(JSON_TEXT, { "content-type": `application/json; charset=${charset}` })).toMatchObject({
      status: 415,
      body: { error: expect.stringContaining("charset") },
    });
  });

  it.each<[string, Uint8Array]>([
    ["utf-8", Buffer.from([0x7b, 0xff, 0x7d])],
    ["utf-16le", Buffer.from([0x7b, 0x00, 0x00, 0xd8])],
    ["utf-8", utf16(JSON_TEXT)],
  ])("bytes that are not %s are 400", async (charset, bytes) => {
    expect((await send(bytes, { "content-type": `application/json; charset=${charset}` })).status).toBe(400);
  });

  it.each(["application/vnd.rerank+json", "text/json", "Application/JSON"])("%s is JSON", async (type) => {
    expect((await send(JSON_TEXT, { "content-type": type })).status).toBe(200);
  });
});
