import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { type KnownTexts, SAME_LOGIT } from "./known-texts.js";
import type { SoakReport } from "./soak-report.js";

/** Things that all actors of a soak use. */
export interface Stage {
  readonly url: string;
  readonly known: KnownTexts;
  readonly report: SoakReport;
  /** Returns a number from 0 to 1; the sequence is the same in every run. */
  readonly random: () => number;
}

/** One action of a client. */
export type Actor = (stage: Stage) => Promise<void>;

const HEAD = "POST /rerank HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

interface Answer {
  /** HTTP status; 0 if the connection broke, for the reason in `text`. */
  readonly status: number;
  readonly text: string;
}

/** Sends a body. */
async function post(
  { url }: Stage,
  body: string | Uint8Array,
  {
    path = "/rerank",
    headers = {},
    signal,
  }: { path?: string; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Answer> {
  try {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
      signal: signal ?? AbortSignal.timeout(60_000),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const { message, cause } = error as Error;
    return { status: 0, text: `${message} ${cause ?? ""}` };
  }
}

/** Kinds of requests, and the logits in their answers by place. */
const KINDS = [
  {
    path: "/invocations",
    write: (query: string, texts: readonly string[]) => ({ pairs: texts.map((text) => [query, text]) }),
    read: (answer: { scores: number[] }) => answer.scores,
  },
  {
    path: "/rerank",
    write: (query: string, texts: readonly string[]) => ({ query, texts, raw_scores: true }),
    read: (answer: { index: number; score: number }[]) => {
      const logits: number[] = [];
      for (const { index, score } of answer) logits[index] = score;
      return logits;
    },
  },
] as const;

/** Requests the scores of some known texts: each must be right, or the answer 429. */
async function invoke(stage: Stage, actor: string, count: number): Promise<void> {
  const { known, report, random } = stage;
  const places = Array.from({ length: count }, () => Math.floor(random() * known.texts.length));
  const kind = pick(KINDS, random);
  const texts = places.map((place) => known.texts[place] as string);
  const body = JSON.stringify(kind.write(known.query, texts));
  const gzip = random() < 0.2;
  const answer = await post(stage, gzip ? gzipSync(body) : body, {
    path: kind.path,
    ...(gzip && { headers: { "content-encoding": "gzip" } }),
  });
  report.count(`${actor} ${answer.status}`);
  if (answer.status === 429) return;
  if (answer.status !== 200) return report.fault(`${actor}: ${answer.status} ${answer.text.slice(0, 200)}`);
  const logits = kind.read(JSON.parse(answer.text));
  const wrong = places.filter(
    (place, at) => !(Math.abs((logits[at] ?? Number.NaN) - (known.logits[place] as number)) < SAME_LOGIT),
  );
  if (logits.length !== count || wrong.length > 0)
    report.fault(`${actor}: ${wrong.length} of ${count} scores are wrong`);
}

/** Opens a connection that ignores errors, and by default reads nothing. */
function open({ url }: Stage): Socket {
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname).on("error", () => {});
}

/** Bodies and bytes that the endpoint must answer with an error. */
const BROKEN: readonly ((random: () => number) => string | Uint8Array)[] = [
  (random) => `{"query": "q", "texts": ["${"x".repeat(random() * 1000)}`,
  () => "[".repeat(50_000),
  () => `[${"{},".repeat(300_000)}1]`,
  (random) => Uint8Array.from({ length: 500 }, () => random() * 256),
  () => JSON.stringify({ query: 1, texts: "none" }),
  () => JSON.stringify({ pairs: Array(300).fill(["q", "t"]) }),
  () => JSON.stringify({ query: "q", texts: ["word ".repeat(5000)], truncate: false }),
  () => gzipSync(Buffer.alloc(20_000_000, " ")),
];

/** The actors, by name. */
export const ACTORS: Readonly<Record<string, Actor>> = {
  good: (stage) => invoke(stage, "good", 1 + Math.floor(stage.random() * 20)),

  /** Sends many requests at the same time. */
  async burst(stage) {
    await Promise.all(Array.from({ length: 150 }, () => invoke(stage, "burst", 1)));
    await sleep(500);
  },

  /** Disconnects before its answer, at any stage. */
  async leaver(stage) {
    const { known, random, report } = stage;
    const texts = Array.from({ length: 50 }, () => pick(known.texts, random));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), random() * 80);
    const answer = await post(stage, JSON.stringify({ query: known.query, texts }), { signal: stop.signal });
    report.count(answer.status === 0 ? "leaver left" : `leaver ${answer.status}`);
  },

  /** Resets its connection, at any stage. */
  async resetter(stage) {
    const body = JSON.stringify({ query: stage.known.query, texts: stage.known.texts, return_text: true });
    const socket = open(stage);
    const bytes = `${HEAD}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    socket.write(bytes.slice(0, Math.ceil(stage.random() * bytes.length * 1.5)));
    await sleep(stage.random() * 100);
    socket.resetAndDestroy();
    stage.report.count("resetter");
  },

  /** Sends a byte now and then, or nothing. */
  async slow(stage) {
    const socket = open(stage);
    socket.resume();
    socket.write(
      pick(
        [
          "",
          "POST /re",
          HEAD,
          `${HEAD}content-length: 6000000\r\n\r\n{`,
          `${HEAD}transfer-encoding: chunked\r\n\r\nff\r\n{`,
        ],
        stage.random,
      ),
    );
    const until = performance.now() + 2000 + stage.random() * 20_000;
    while (performance.now() < until && !socket.destroyed) {
      await sleep(300);
      if (socket.writable) socket.write(" ");
    }
    stage.report.count(socket.destroyed ? "slow ended" : "slow held");
    socket.destroy();
  },

  /** Sends a body that the endpoint must answer with an error. */
  async broken(stage) {
    const body = pick(BROKEN, stage.random)(stage.random);
    const headers =
      typeof body !== "string" && body.length > 5000 ? { "content-encoding": "gzip" } : undefined;
    const answer = await post(stage, body, { ...(headers && { headers }) });
    stage.report.count(`broken ${answer.status}`);
    if (answer.status < 400 || answer.status >= 500) {
      stage.report.fault(`broken: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
  },

  /** Sends bytes that are not HTTP. */
  async gibberish(stage) {
    const socket = open(stage);
    socket.resume();
    socket.write(Buffer.from(Array.from({ length: 300 }, () => stage.random() * 256)));
    await sleep(50);
    socket.destroy();
    stage.report.count("gibberish");
  },

  /** Sends bodies at the limit and above it. */
  async big(stage) {
    const { known, random, report } = stage;
    const isAbove = random() < 0.5;
    const body = JSON.stringify({
      query: known.query,
      texts: ["word ".repeat(isAbove ? 1_400_000 : 1_000_000)],
    });
    const answer = await post(stage, body);
    report.count(`big ${answer.status}`);
    const right = isAbove ? [413] : [200, 429];
    if (!right.includes(answer.status)) report.fault(`big: ${answer.status} ${answer.text.slice(0, 200)}`);
    await sleep(200);
  },
};
