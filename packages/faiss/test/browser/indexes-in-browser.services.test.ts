import { describe, expect, it } from "@jest/globals";
import { bundleForBrowser, runInBrowser } from "@secondpass/test-kit/browser";
import { IndexFlatL2, readIndex } from "../../src/index.js";
import { fixture } from "../format/golden.js";

/** Rows that fill int8 segments, made the same way on both sides. */
const DIMENSIONS = 64;
const ROWS = 20_000;
const QUERY_ROW = 777;
const row = (i: number, j: number): number => Math.sin(i * 12.9898 + j * 78.233);

const SCRIPT = `
  const { IndexFlatL2, IndexHNSWFlat, indexToBytes, readIndex } = await import("/bundle.js");
  const row = ${row.toString()};
  const vectors = Float32Array.from({ length: ${ROWS * DIMENSIONS} }, (_, i) => row(Math.floor(i / ${DIMENSIONS}), i % ${DIMENSIONS}));
  const query = vectors.slice(${QUERY_ROW * DIMENSIONS}, ${(QUERY_ROW + 1) * DIMENSIONS});
  const plain = ({ labels, distances }) => ({ labels: Array.from(labels, Number), distances: Array.from(distances) });
  const flat = new IndexFlatL2(${DIMENSIONS});
  await flat.add(vectors);
  // Timers wait for 4 ms in browsers, so pauses between slices of work must not use them.
  const turns = { timers: 0, messages: 0 };
  const { setTimeout, MessageChannel } = globalThis;
  globalThis.setTimeout = (...given) => (turns.timers++, setTimeout(...given));
  globalThis.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      turns.messages++;
    }
  };
  const graph = new IndexHNSWFlat(${DIMENSIONS}, { m: 8 });
  await graph.add(vectors.subarray(0, ${1000 * DIMENSIONS}));
  Object.assign(globalThis, { setTimeout, MessageChannel });
  const file = await readIndex(new Uint8Array(await (await fetch("/fixture")).arrayBuffer()));
  answer = {
    node: typeof process,
    timers: turns.timers,
    messages: Math.min(turns.messages, 1),
    flat: plain(await flat.search(query, 10)),
    graph: plain(await graph.search(query, 1)),
    file: plain(await file.search(new Float32Array(file.dimensions).fill(0.5), 5)),
    bytes: (await indexToBytes(file)).length,
  };
`;

describe("indexes in a browser", () => {
  it("adds, searches, reads and writes with the same results as in Node", async () => {
    const found = await runInBrowser(SCRIPT, {
      "/bundle.js": await bundleForBrowser('export * from "@secondpass/faiss";', __dirname),
      "/fixture": fixture("ivfflat_l2"),
    });
    const vectors = Float32Array.from({ length: ROWS * DIMENSIONS }, (_, i) =>
      row(Math.floor(i / DIMENSIONS), i % DIMENSIONS),
    );
    const query = vectors.slice(QUERY_ROW * DIMENSIONS, (QUERY_ROW + 1) * DIMENSIONS);
    const index = new IndexFlatL2(DIMENSIONS);
    await index.add(vectors);
    const file = await readIndex(fixture("ivfflat_l2"));
    expect(found).toEqual({
      node: "undefined",
      timers: 0,
      messages: 1,
      flat: plain(await index.search(query, 10)),
      graph: { labels: [QUERY_ROW], distances: [0] },
      file: plain(await file.search(new Float32Array(file.dimensions).fill(0.5), 5)),
      bytes: fixture("ivfflat_l2").length,
    });
  }, 60_000);
});

function plain({ labels, distances }: { labels: BigInt64Array; distances: Float32Array }) {
  return { labels: Array.from(labels, Number), distances: Array.from(distances) };
}
