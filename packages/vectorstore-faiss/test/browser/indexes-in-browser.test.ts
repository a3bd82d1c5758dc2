import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { IndexFlatL2, readIndex } from "../../src/index.js";
import { fixture } from "../format/goldens.js";

const DIST = resolve(__dirname, "..", "..", "dist");
const browser = findBrowser();
// Said in the report as skipped, with the reason in the name.
const inBrowser = browser === undefined ? describe.skip : describe;

/** Rows that fill int8 segments, made the same way on both sides. */
const DIMENSIONS = 64;
const ROWS = 20_000;
const QUERY_ROW = 777;
const row = (i: number, j: number): number => Math.sin(i * 12.9898 + j * 78.233);

/** What the page runs: the published build, as it is. It posts what it found. */
const PAGE = `<!doctype html><script type="module">
try {
  const { IndexFlatL2, IndexHNSWFlat, indexToBytes, readIndex } = await import("/indexes.js");
  const row = ${row.toString()};
  const vectors = Float32Array.from({ length: ${ROWS * DIMENSIONS} }, (_, i) => row(Math.floor(i / ${DIMENSIONS}), i % ${DIMENSIONS}));
  const query = vectors.slice(${QUERY_ROW * DIMENSIONS}, ${(QUERY_ROW + 1) * DIMENSIONS});
  const plain = ({ labels, distances }) => ({ labels: Array.from(labels, Number), distances: Array.from(distances) });
  const flat = new IndexFlatL2(${DIMENSIONS});
  await flat.add(vectors);
  const graph = new IndexHNSWFlat(${DIMENSIONS}, { m: 8 });
  await graph.add(vectors.subarray(0, ${1000 * DIMENSIONS}));
  const file = await readIndex(new Uint8Array(await (await fetch("/fixture")).arrayBuffer()));
  const answer = {
    node: typeof process,
    flat: plain(await flat.search(query, 10)),
    graph: plain(await graph.search(query, 1)),
    file: plain(await file.search(new Float32Array(file.dimensions).fill(0.5), 5)),
    bytes: (await indexToBytes(file)).length,
  };
  await fetch("/answer", { method: "POST", body: JSON.stringify(answer) });
} catch (error) {
  await fetch("/answer", { method: "POST", body: JSON.stringify({ error: String(error?.stack ?? error) }) });
}
</script>`;

inBrowser(`in a browser${browser === undefined ? " (skipped: no Chromium or Chrome on PATH)" : ""}`, () => {
  let server: Server;
  let child: ChildProcess;
  let profile: string;
  let answer: Promise<Record<string, unknown>>;

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), "faiss-browser-"));
    answer = new Promise((resolve) => {
      server = createServer((request, response) => void serve(request, response, resolve));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    child = spawn(
      browser!,
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--user-data-dir=${profile}`,
        "--remote-debugging-port=0",
        `http://127.0.0.1:${port}/`,
      ],
      { stdio: "ignore" },
    );
  });

  afterAll(async () => {
    if (child.exitCode === null) {
      child.kill();
      await once(child, "exit");
    }
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  it("adds, searches, reads and writes, and finds what Node finds", async () => {
    const found = await answer;
    const vectors = Float32Array.from({ length: ROWS * DIMENSIONS }, (_, i) =>
      row(Math.floor(i / DIMENSIONS), i % DIMENSIONS),
    );
    const query = vectors.slice(QUERY_ROW * DIMENSIONS, (QUERY_ROW + 1) * DIMENSIONS);
    const index = new IndexFlatL2(DIMENSIONS);
    await index.add(vectors);
    const file = await readIndex(fixture("ivfflat_l2"));
    expect(found).toEqual({
      node: "undefined",
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

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answered: (answer: Record<string, unknown>) => void,
): Promise<void> {
  const path = request.url ?? "/";
  if (path === "/answer") {
    let body = "";
    for await (const piece of request) body += piece;
    response.end();
    answered(JSON.parse(body));
  } else if (path === "/") {
    response.setHeader("content-type", "text/html").end(PAGE);
  } else if (path === "/fixture") {
    response.end(fixture("ivfflat_l2"));
  } else if (/^\/[\w.-]+\.js$/.test(path) && existsSync(join(DIST, path))) {
    response.setHeader("content-type", "text/javascript").end(readFileSync(join(DIST, path)));
  } else {
    response.writeHead(404).end();
  }
}

/** An installed Chromium or Chrome. */
function findBrowser(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}
