import { gzipSync } from "node:zlib";
import { afterAll } from "@jest/globals";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { COMMIT, CONFIG, HubTestBed, WEIGHTS } from "./hub-test-bed.js";
import type { Fault } from "./loopback-hub.js";

/** Each input has its own cache, so that files of one input do not influence the next. */
const beds = new Set<HubTestBed>();
afterAll(() => Promise.all([...beds].map((bed) => bed.stop())));

const number = fc.oneof(fc.nat(400_000).map(String), fc.constantFrom("-1", "1e3", "9".repeat(30), "", "x"));
const headers = fc.record(
  {
    "content-length": number,
    "content-range": fc.oneof(
      fc.tuple(number, number, number).map(([from, to, size]) => `bytes ${from}-${to}/${size}`),
      fc.constantFrom("bytes */300000", "items 0-1/2"),
    ),
    "content-encoding": fc.constantFrom("gzip", "br", "zip"),
    "content-type": fc.constantFrom("application/json", "text/html", "x"),
    etag: fc.constantFrom(
      '"0123"',
      "",
      '"../../outside"',
      'W/"weak"',
      `"${"a".repeat(64)}"`,
      `"${"b".repeat(5000)}"`,
    ),
    "x-linked-etag": fc.constantFrom('"../../outside"', `"${"a".repeat(64)}"`, ""),
    "x-linked-size": number,
    "x-repo-commit": fc.constantFrom(COMMIT, "../outside", "f".repeat(40), ""),
    "x-error-code": fc.constantFrom("RepoNotFound", "EntryNotFound", "RevisionNotFound", "GatedRepo", "?"),
    // Not more, because a wait may take up to half a minute, and the test would wait for it.
    "retry-after": fc.constantFrom("0", "-1", "soon"),
    location: fc.constantFrom(
      "/",
      "//x.invalid/",
      "http://127.0.0.1:1/",
      "file:///etc/passwd",
      "data:,x",
      "%",
      "x".repeat(9000),
    ),
  },
  { requiredKeys: [] },
);
const name = fc.oneof(
  fc.constantFrom(
    "config.json",
    "onnx/model.onnx",
    "../../outside",
    "/outside",
    "a/../../b",
    "",
    ".",
    "con\0",
    "x".repeat(300),
  ),
  fc.string(),
);
const sibling = fc.record(
  {
    rfilename: fc.oneof(name, fc.jsonValue()),
    size: fc.oneof(fc.nat(400_000), fc.jsonValue()),
    blobId: fc.oneof(fc.constantFrom("0123", "../x"), fc.jsonValue()),
    lfs: fc.oneof(
      fc.record({ sha256: fc.constantFrom("a".repeat(64), "../x"), size: fc.nat(400_000) }),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);
const description = fc
  .record(
    {
      id: fc.jsonValue(),
      sha: fc.oneof(fc.constantFrom(COMMIT, "../x", ""), fc.jsonValue()),
      siblings: fc.oneof(
        fc.array(fc.oneof({ weight: 4, arbitrary: sibling }, fc.jsonValue()), { maxLength: 4 }),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: [] },
  )
  .map((value) => Buffer.from(JSON.stringify(value)));
const body = fc.oneof(
  description,
  fc.constantFrom(CONFIG, WEIGHTS, WEIGHTS.subarray(0, 1000), Buffer.alloc(0), gzipSync(Buffer.alloc(1e6))),
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
);
const answer = fc.record({
  /** How many requests get a normal response before this one. */
  after: fc.nat(3),
  status: fc.constantFrom(
    200,
    200,
    200,
    206,
    204,
    301,
    302,
    307,
    400,
    401,
    403,
    404,
    416,
    429,
    500,
    503,
    599,
  ),
  headers,
  body,
  /** Whether the connection breaks in the end. */
  breaks: fc.boolean(),
});

function faultOf({
  after,
  status,
  headers,
  body,
  breaks,
}: typeof answer extends fc.Arbitrary<infer T> ? T : never): Fault {
  let left = after;
  return (_request, response) => {
    if (left-- > 0) return false;
    response.on("error", () => {});
    try {
      response.writeHead(status, headers);
      // Node checks sent headers less strictly than received ones.
      response.strictContentLength = false;
      response.write(body, () => (breaks ? response.destroy() : response.end()));
    } catch {
      response.destroy();
    }
    return true;
  };
}

fuzz({
  name: "hf-runtime: answers of a hub",
  arbitrary: fc.array(answer, { minLength: 1, maxLength: 4 }),
  shortRuns: 30,
  memoryMb: 512,
  run: async (answers) => {
    const bed = await HubTestBed.start();
    beds.add(bed);
    try {
      bed.hub.faults.push(...answers.map(faultOf));
      const files = await bed.open({}, { timeoutMs: 300 });
      for (const path of (await files.list()).slice(0, 8)) await files.localPath(path);
    } finally {
      await bed.stop();
      beds.delete(bed);
    }
  },
});
