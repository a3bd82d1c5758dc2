import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { slowLength, until } from "@secondpass/test-kit";
import { serveSecondpass } from "../run-secondpass.js";

const MALFORMED = slowLength({ short: 120, full: 10_000 });
const SECONDS = slowLength({ short: 1, full: 60 });
const IS_FULL = SECONDS > 10;
/** How much the memory may grow after the first half of the run, as a factor. In the short form, caches are still being filled. */
const MAX_GROWTH = IS_FULL ? 1.15 : 1.6;

const query = "How tall is the mountain?";
const documents = ["A lake.", "The mountain is 4806 m high.", "Some words about trains."];
const BEST = 1;

/** Valid requests of each protocol, with a check of the answer. */
const HEALTHY: readonly { path: string; body: object; isRight: (answer: never) => boolean }[] = [
  {
    path: "/v2/rerank",
    body: { query, documents },
    isRight: ({ results }: { results: [{ index: number }] }) => results[0].index === BEST,
  },
  {
    path: "/v1/rerank",
    body: { query, documents, top_k: 2 },
    isRight: ({ data }: { data: [{ index: number }] }) => data[0].index === BEST,
  },
  {
    path: "/rerank",
    body: { query, texts: documents },
    isRight: ([best]: [{ index: number }]) => best.index === BEST,
  },
  {
    path: "/v1/reranking",
    body: { query, input: documents },
    isRight: ({ data }: { data: [{ index: number }] }) => data[0].index === BEST,
  },
  {
    path: "/score",
    body: { text_1: query, text_2: documents },
    isRight: ({ data }: { data: { score: number }[] }) =>
      Math.max(...data.map(({ score }) => score)) === data[BEST]?.score,
  },
  {
    path: "/v1/embeddings",
    body: { input: documents },
    isRight: ({ data }: { data: unknown[] }) => data.length === documents.length,
  },
  {
    path: "/embed",
    body: { inputs: documents },
    isRight: (vectors: unknown[]) => vectors.length === documents.length,
  },
];

/** Bodies that no route accepts. */
const BROKEN: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  "",
  "{",
  "null",
  "5",
  '"text"',
  '{"query": "q", "texts": ["',
  "[".repeat(50_000),
  `[${"{},".repeat(250_000)}1]`,
  Uint8Array.from({ length: 500 }, (_, index) => (index * 89) % 256),
];
/** Bodies of valid JSON with wrong values. */
const WRONG = [
  "{}",
  "[]",
  '{"query": 5, "documents": {}}',
  '{"query": "q", "texts": [1]}',
  '{"inputs": {"a": []}}',
  '{"input": [[]], "model": 3}',
];

const HEAD = "POST /rerank HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
const WHOLE = JSON.stringify({ query, texts: documents });
/** Bytes of clients that never finish, or that close their side. */
const HALF = [
  "",
  "POST /re",
  HEAD,
  `${HEAD}content-length: 6000000\r\n\r\n{`,
  `${HEAD}transfer-encoding: chunked\r\n\r\nff\r\n{`,
  `${HEAD}content-length: ${WHOLE.length}\r\n\r\n${WHOLE}`,
];

interface Answer {
  /** 0 if the connection broke. */
  readonly status: number;
  readonly json: unknown;
}

async function post(url: string, body: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return { status: response.status, json: await response.json() };
  } catch {
    return { status: 0, json: undefined };
  }
}

describe("secondpass serve under faults", () => {
  let end: (() => Promise<unknown>) | undefined;
  afterEach(() => end?.());

  it(
    "answers healthy clients, rejects the others, does not grow, and survives a crash of a model",
    async () => {
      const { url, child, ended } = await serveSecondpass([
        ...["--isolation", "process", "--max-concurrent-requests", "32", "--log-level", "silent"],
      ]);
      end = () => {
        child.kill("SIGKILL");
        return ended;
      };
      const faults: string[] = [];
      const counts: Record<string, number> = {};
      const count = (what: string) => {
        counts[what] = (counts[what] ?? 0) + 1;
      };
      const isOver = (started: number) => performance.now() - started > SECONDS * 1000 || faults.length > 20;

      const sendRequest = async (place: number, name: string, allowed: readonly number[]) => {
        const { path, body, isRight } = HEALTHY[place % HEALTHY.length] as (typeof HEALTHY)[number];
        const { status, json } = await post(url + path, JSON.stringify(body));
        count(`${name} ${status}`);
        if (status === 200 ? !isRight(json as never) : !allowed.includes(status)) {
          faults.push(`${name} ${path}: ${status} ${JSON.stringify(json)?.slice(0, 200)}`);
        }
        return status;
      };
      const healthy = async (started: number) => {
        for (let place = 0; !isOver(started); place++) await sendRequest(place, "healthy", [429]);
      };
      const flood = async (started: number) => {
        while (!isOver(started)) {
          await Promise.all(Array.from({ length: 100 }, (_, place) => sendRequest(place, "flood", [429])));
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      };
      const half = async (started: number, closes: boolean) => {
        const { hostname, port } = new URL(url);
        for (let place = 0; !isOver(started); place++) {
          const socket = connect(Number(port), hostname).on("error", () => {});
          socket.resume().write(HALF[place % HALF.length] as string);
          if (closes) socket.end();
          await new Promise((resolve) => setTimeout(resolve, closes ? 20 : 1000));
          socket.destroy();
          count(closes ? "half closed" : "slow");
        }
      };
      const memory = async () => {
        const text = await (await fetch(`${url}/metrics`)).text();
        return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
      };

      const described = (await (await fetch(`${url}/openapi.json`)).json()) as {
        paths: Record<string, object>;
      };
      const paths = Object.entries(described.paths).flatMap(([path, methods]) =>
        "post" in methods ? [path] : [],
      );
      expect(paths.length).toBeGreaterThan(10);
      const malformed = async (from: number, to: number) => {
        for (let place = from; place < to; place++) {
          const path = paths[place % paths.length] as string;
          const isBroken = place % 2 === 0;
          const bodies = isBroken ? BROKEN : WRONG;
          const { status, json } = await post(
            url + path,
            bodies[Math.floor(place / paths.length / 2) % bodies.length] as string,
          );
          count(`malformed ${status}`);
          const isRejected =
            status >= 400 && status < 500 && typeof (json as { message?: unknown }).message === "string";
          if (!isRejected && (isBroken || status !== 200))
            faults.push(`malformed ${path}: ${status} ${JSON.stringify(json)?.slice(0, 200)}`);
        }
      };

      const started = performance.now();
      const actors = [
        ...[1, 2, 3].map(() => healthy(started)),
        flood(started),
        half(started, true),
        ...[1, 2, 3, 4].map(() => half(started, false)),
      ];
      await malformed(0, MALFORMED / 2);
      const before = await memory();
      await malformed(MALFORMED / 2, MALFORMED);
      await Promise.all(actors);
      const after = await memory();
      expect(faults).toEqual([]);
      if (IS_FULL) console.log({ before, after, ...counts });
      for (const seen of ["healthy 200", "flood 200", "flood 429", "half closed", "slow"]) {
        expect([seen, counts[seen] ?? 0]).not.toEqual([seen, 0]);
      }
      expect(after / before).toBeLessThanOrEqual(MAX_GROWTH);

      // The models' processes die during requests.
      if (process.platform === "linux") {
        const tasks = readdirSync(`/proc/${child.pid}/task`);
        const children = tasks
          .flatMap((task) => readFileSync(`/proc/${child.pid}/task/${task}/children`, "utf8").split(" "))
          .filter(Boolean);
        expect(children.length).toBeGreaterThan(0);
        const underWay = Promise.all(
          Array.from({ length: 20 }, (_, place) => sendRequest(place, "crash", [429, 500, 503])),
        );
        for (const pid of children) process.kill(Number(pid), "SIGKILL");
        await underWay;
        for (const place of HEALTHY.keys())
          await until(async () => (await sendRequest(place, "after", [429, 500, 503])) === 200);
        expect((await fetch(`${url}/health`)).status).toBe(200);
        expect(faults).toEqual([]);
      }
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
    },
    (SECONDS + 240) * 1000,
  );
});
