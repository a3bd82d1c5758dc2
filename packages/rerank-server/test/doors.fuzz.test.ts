import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll } from "@jest/globals";
import { fuzz, toyReranker } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { contentDecoder } from "../src/http/content-decoder.js";
import { parseJson } from "../src/http/parse-json.js";
import { textDecoderFor } from "../src/http/text-decoder-for.js";
import { findPayload } from "../src/payloads/find-payload.js";
import type { ModelKind } from "../src/payloads/payload.js";
import { allProtocols } from "../src/protocols/all-protocols.js";
import { routeTable } from "../src/protocols/route-table.js";
import { HEAD, rawRequest } from "./send-raw.js";
import { startServer } from "./start-server.js";

/** Keys and values of every payload, mixed. */
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.constantFrom(null, true, false, "true", "Left", "none", "do_not_truncate", 0, -1, 1e300, 0.5, ""),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        ...["text", "text_pair", "top_k", "truncation", "function_to_apply"],
        ...["content", "type", "source_sentence", "sentences"],
      ),
      tie("any"),
    ),
  ),
})).any;
const KEYS = [
  "pairs",
  "text_pairs",
  "query",
  "texts",
  "documents",
  "inputs",
  "parameters",
  "raw_scores",
  "return_text",
  "return_documents",
  "truncate",
  "truncation",
  "truncation_direction",
  "top_n",
  "top_k",
  "input",
  "return_input",
  "rank_fields",
  "queries",
  "items",
  "text_1",
  "text_2",
  "ids",
  "dimensions",
  "encoding_format",
  "input_type",
  "prompt_name",
  "normalize",
  "truncation_side",
  "use_activation",
  "__proto__",
];
const payload = fc.oneof(value, fc.dictionary(fc.constantFrom(...KEYS), value));
const ROUTES = routeTable(allProtocols);
const FACTS = { model: "m", tokens: 1 };

fuzz({
  name: "rerank-server: payloads",
  arbitrary: fc.tuple(fc.constantFrom(...ROUTES), payload, fc.constantFrom("reranker", "embedder")),
  run: async ([{ payloads }, sent, usual]) => {
    const { payload, body } = findPayload(sent, payloads, usual as ModelKind);
    const request = payload.read(body, { labels: ["a"], dimensions: 3, promptNames: ["query"] });
    if (request.kind === "tokenize") return void request.answer(request.texts.map(() => []));
    if (request.kind === "decode") return void request.answer(request.ids.map(String));
    const texts = request.kind === "embed" ? request.texts : request.pairs.map(([, text]) => text);
    const rows = texts.map((text) => Float32Array.of(text.length));
    JSON.stringify(await request.answer(rows, FACTS));
  },
});

const near = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, words]) => {
  const place = at % (text.length + 1);
  return text.slice(0, place) + words + text.slice(place + words.length);
});
fuzz({ name: "rerank-server: JSON", arbitrary: fc.oneof(near, fc.string()), run: parseJson });

fuzz({
  name: "rerank-server: compressed bodies",
  arbitrary: fc.tuple(
    fc.constantFrom("gzip", "deflate", "br", "zstd", "x"),
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.tuple(fc.string(), fc.nat(), fc.nat(255)).map(([text, at, byte]) => {
        const bytes = gzipSync(text);
        bytes[at % bytes.length] = byte;
        return bytes;
      }),
    ),
  ),
  run: async ([encoding, bytes]) => contentDecoder(encoding)?.(Buffer.from(bytes), 1000),
});

fuzz({
  name: "rerank-server: charsets",
  arbitrary: fc.tuple(
    fc.oneof(fc.constantFrom("utf-8", "utf-16", "utf-16be", "shift_jis", "gb18030", "x"), fc.string()),
    fc.uint8Array({ maxLength: 100 }),
  ),
  run: ([charset, bytes]) => textDecoderFor(`application/json; charset=${charset}`)(bytes),
});

let server: ReturnType<typeof startServer> | undefined;
afterAll(async () => (await server)?.close({ graceMs: 0 }));

/** Pieces of requests, including valid ones. */
const piece = fc.oneof(
  fc.constantFrom(
    HEAD,
    "\r\n",
    "\r\n\r\n",
    "content-length: 5\r\n",
    "transfer-encoding: chunked\r\n",
    "0\r\n\r\n",
  ),
  fc.constantFrom(
    "expect: 100-continue\r\n",
    "GET /ping HTTP/1.1\r\nhost: x\r\n\r\n",
    "5\r\nhello\r\n",
    "connection: close\r\n",
  ),
  payload.map((body) => rawRequest(JSON.stringify(body) ?? "")),
  fc
    .tuple(fc.constantFrom(...ROUTES.map(({ path }) => path)), payload)
    .map(([path, body]) => rawRequest(JSON.stringify(body) ?? "").replace("/rerank", path)),
  fc
    .constantFrom("/info", "/v1/models", "/v1/models/%2e%2e", "/openapi.json", "/docs", "/health")
    .map((path) => `HEAD ${path} HTTP/1.1\r\nhost: x\r\n\r\n`),
  fc.string({ maxLength: 20 }),
);
fuzz({
  name: "rerank-server: bytes of a connection",
  arbitrary: fc.array(piece, { maxLength: 6 }).map((pieces) => Buffer.from(pieces.join(""))),
  run: async (bytes) => {
    server ??= startServer(toyReranker(), { limits: { headersMs: 1000, bodyMs: 1000 } });
    const { url } = await server;
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).on("error", () => {});
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    socket.end(bytes);
    await once(socket, "close");
    if (/HTTP\/1\.1 5/.test(heard)) throw new Error(`Expected no status of 500 and above, got ${heard}`);
    const { status } = await fetch(`${url}/ping`);
    if (status !== 200) throw new Error(`Expected the server to be healthy, got ${status}`);
  },
});
