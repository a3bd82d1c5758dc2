import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { HttpCrossEncoder, type HttpProtocolName, httpProtocols } from "../../src/http/index.js";

const index = fc.oneof(fc.nat(3), fc.constantFrom(-1, -0, 0.5, 1e99, "0", null));
const number = fc.oneof(fc.double(), fc.constantFrom("1", null, {}));
const entry = fc.oneof(
  fc.record(
    { index, score: number, relevance_score: number, label: fc.constantFrom("LABEL_1", 7) },
    { requiredKeys: [] },
  ),
  fc.array(fc.record({ label: fc.constantFrom("LABEL_0", "LABEL_1"), score: number }), { maxLength: 3 }),
  fc.jsonValue(),
);
const entries = fc.array(entry, { maxLength: 4 });
const message = fc.oneof(
  fc.string(),
  fc.record({ message: fc.jsonValue() }),
  fc.array(fc.record({ loc: fc.jsonValue(), msg: fc.jsonValue() })),
);
const value = fc.oneof(
  entries,
  fc.record({ results: entries, data: entries }, { requiredKeys: [] }),
  fc.record({ message, detail: message, error: message, errors: message }, { requiredKeys: [] }),
  fc.jsonValue(),
);
const body = fc.oneof(
  value.map((json) => JSON.stringify(json)),
  fc.tuple(value, fc.nat(40)).map(([json, cut]) => JSON.stringify(json).slice(0, -cut)),
  fc.string({ unit: fc.constantFrom("<", ">", "title", "/", " ", "\0", "é") }),
  fc.uint8Array({ maxLength: 60 }),
);
const headers = fc.record(
  {
    "retry-after": fc.constantFrom("0", "-1", "soon", "9".repeat(40), "Sun, 99 Nov 2026"),
    location: fc.constantFrom("/", "%", "x".repeat(9000)),
    "x-request-id": fc.constantFrom("", "7", "x".repeat(5000)),
  },
  { requiredKeys: [] },
);
const status = fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, fc.integer({ min: 200, max: 599 }));
/** Statuses for which a Response must not have a body. */
const BODILESS = [204, 205, 304];

fuzz({
  name: "cross-encoders: answers of rerank servers",
  arbitrary: fc.record({
    protocol: fc.constantFrom(...(Object.keys(httpProtocols) as HttpProtocolName[])),
    status,
    headers,
    body,
  }),
  async run({ protocol, status, headers, body }) {
    const fetch = async () => new Response(BODILESS.includes(status) ? null : body, { status, headers });
    const model = new HttpCrossEncoder({ url: "http://localhost", protocol, maxRetries: 0, fetch });
    const ranked = await model.rank("query", ["a", "b"]);
    if (ranked.some(({ score }) => !Number.isFinite(score))) throw new Error("a score that is not finite");
  },
});
