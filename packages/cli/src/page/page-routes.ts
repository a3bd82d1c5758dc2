import { TEXT_ENDINGS } from "../corpus/file-kind.js";
import { asLocalHttpError } from "../local-http/answer-error.js";
import type { Exchange } from "../local-http/exchange.js";
import { LocalHttpError } from "../local-http/local-http-error.js";
import type { Route } from "../local-http/route.js";
import { answerQuestion } from "./answer-question.js";
import type { Library } from "./library.js";
import { readPageQuestion } from "./page-question.js";
import type { PageState } from "./page-state.js";
import type { Rerankers } from "./rerankers.js";
import { UPLOAD_LIMITS, type Uploads } from "./uploads.js";

/** Resources of the page's routes. */
export interface PageParts {
  readonly library: Library;
  readonly rerankers: Rerankers;
  readonly uploads: Uploads;
}

/** Makes the routes of the page's API. */
export function pageRoutes(parts: PageParts): Route[] {
  const { library, rerankers, uploads } = parts;
  return [
    {
      method: "GET",
      path: "/api/state",
      answer: async (exchange) => {
        const { maxFiles, maxFileBytes, maxBytes } = UPLOAD_LIMITS;
        library.keep((exchange.url.searchParams.get("keep") ?? "").split(","));
        const state: PageState = {
          ...(await library.facts(exchange.signal)),
          models: rerankers.names,
          uploads: { maxFiles, maxFileBytes, maxBytes, endings: TEXT_ENDINGS },
        };
        exchange.send(state);
      },
    },
    {
      method: "POST",
      path: "/api/search",
      answer: async (exchange) => {
        const request = readPageQuestion(await exchange.json());
        exchange.send(await answerQuestion(parts, request, exchange.signal));
      },
    },
    {
      method: "GET",
      path: "/api/source",
      answer: async (exchange) => {
        const near = Number(exchange.url.searchParams.get("near") ?? 0);
        if (!Number.isFinite(near)) throw new LocalHttpError("invalid", "Expected near to be a number.");
        const source = parameter(exchange, "source");
        const passage = exchange.url.searchParams.get("passage") ?? undefined;
        exchange.send(
          await library.use(
            parameter(exchange, "collection"),
            (collection) => collection.read(source, near, passage),
            exchange.signal,
          ),
        );
      },
    },
    {
      method: "POST",
      path: "/api/uploads",
      answer: async (exchange) => {
        await library.makeRoom(UPLOAD_LIMITS.maxUploads);
        exchange.send({ id: await uploads.begin() });
      },
    },
    {
      method: "POST",
      path: "/api/uploads/file",
      answer: async (exchange) => {
        const id = parameter(exchange, "id");
        const path = parameter(exchange, "path");
        const length = exchange.request.headers["content-length"];
        if (length === undefined) {
          throw new LocalHttpError("invalid", "Expected the header Content-Length with a file.");
        }
        await uploads.add(id, path, Number(length), () => exchange.bytes(UPLOAD_LIMITS.maxFileBytes));
        exchange.send({});
      },
    },
    {
      method: "POST",
      path: "/api/uploads/index",
      answer: (exchange) => indexUpload(exchange, parts),
    },
    {
      method: "DELETE",
      path: "/api/uploads",
      answer: async (exchange) => {
        await uploads.abandon(parameter(exchange, "id"));
        exchange.send({});
      },
    },
    {
      method: "DELETE",
      path: "/api/collections",
      answer: (exchange) => {
        library.remove(parameter(exchange, "id"));
        exchange.send({});
      },
    },
  ];
}

/** Answers with a line of JSON for each step, and a last one with the collection, or the error: {@link IndexLine}. */
async function indexUpload(exchange: Exchange, { library, uploads }: PageParts): Promise<void> {
  const { id, name } = await exchange.json();
  if (typeof id !== "string") throw new LocalHttpError("invalid", "Expected id to be that of an upload.");
  const { response, signal } = exchange;
  const write = (line: IndexLine) => void response.write(`${JSON.stringify(line)}\n`);
  response.writeHead(200, { "content-type": "application/x-ndjson; charset=utf-8" });
  try {
    const { collection, report } = await uploads.index(id, {
      name: typeof name === "string" && name.trim() !== "" ? name.trim().slice(0, 100) : "Dropped files",
      signal,
      onProgress: (progress) => {
        if (progress.step === "embed") write({ done: progress.done, total: progress.total });
      },
    });
    library.add(collection);
    write({ collection: await collection.facts(), problems: report.problems });
  } catch (error) {
    if (signal.aborted) return;
    const { type, message } = asLocalHttpError(error);
    write({ error: { type, message } });
    if (type === "internal") throw error;
  } finally {
    response.end();
  }
}

/** A line of the answer of `POST /api/uploads/index`; `done` and `total` are characters. */
export type IndexLine =
  | { readonly done: number; readonly total: number }
  | {
      readonly collection: PageState["collections"][number];
      readonly problems: readonly { readonly source: string; readonly reason: string }[];
    }
  | { readonly error: { readonly type: string; readonly message: string } };

function parameter({ url }: Exchange, name: string): string {
  const value = url.searchParams.get(name);
  if (value === null || value === "") throw new LocalHttpError("invalid", `Expected the parameter ${name}.`);
  return value;
}
