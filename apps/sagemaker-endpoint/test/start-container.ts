import type { CrossEncoder } from "@secondpass/hf-runtime";
import { type RunningServer, serve } from "../src/serve.js";
import type { ServedModel } from "../src/server/rerank-service.js";
import { readSettings, type ServerSettings } from "../src/server/server-settings.js";

/** A model whose logits tell which pair they belong to, and that can be made to wait or fail. */
export interface ToyModel extends ServedModel {
  /** Sizes of the batches it was given. */
  readonly batches: readonly number[];
  /** Runs before every batch. */
  before: () => Promise<void> | void;
}

/** What the toy model gives for a pair: rising with the text's length. */
export const toyLogit = (text: string) => text.length / 8 - 1;

/** Not a mock of our runtime but another tenant of its contract: what the server does must not depend on the model. */
export function toyModel(numLabels = 1): ToyModel {
  const batches: number[] = [];
  const logits: CrossEncoder["logits"] = async (pairs, options) => {
    batches.push(pairs.length);
    await model.before();
    options?.signal?.throwIfAborted();
    return pairs.map(([, text]) =>
      numLabels === 1 ? Float32Array.of(toyLogit(text)) : Float32Array.of(0, toyLogit(text)),
    );
  };
  const model: ToyModel = {
    model: "toy",
    labels: Array.from({ length: numLabels }, (_, index) => `LABEL_${index}`),
    maxLength: 16,
    countTokens: (text, pair) => text.split(" ").length + (pair?.split(" ").length ?? 0) + 3,
    logits,
    dispose: async () => {},
    batches,
    before: () => {},
  };
  return model;
}

/** Holds a model's next batches until opened. */
export function gate(model: ToyModel): { open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  model.before = () => opened;
  return { open: () => open() };
}

/** Polls until true; a test's own time limit ends it otherwise. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A running server on a free port that logs nothing; `env` is read as the real environment would be. */
export async function startContainer(
  model: ServedModel | (() => Promise<ServedModel>),
  env: Record<string, string> = {},
  log?: { write(line: string): void },
): Promise<RunningServer> {
  const settings: ServerSettings = readSettings(
    { PORT: "0", HF_MODEL_ID: "toy", LOG_LEVEL: log ? "debug" : "silent", ...env },
    {},
    "/nowhere",
  );
  const load = typeof model === "function" ? model : async () => model;
  const server = await serve(settings, load, { logStream: log });
  if (typeof model !== "function") await server.ready;
  return server;
}

/** An answer's status and JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Posts JSON (or a body as it is) and reads the JSON that comes back. */
export async function post(
  server: { readonly url: string },
  body: unknown,
  options: {
    readonly path?: string;
    readonly headers?: Record<string, string>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}${options.path ?? "/invocations"}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...options.headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal: options.signal,
  });
  return { status: response.status, body: await response.json() };
}
