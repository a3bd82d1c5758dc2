import { KEY_HEADER } from "../../src/local-http/key-header.js";
import type { Session } from "../../src/local-http/start-local-server.js";
import type { SourceText } from "../../src/page/collection.js";
import type { AnswerPassage, PageAnswer } from "../../src/page/page-answer.js";
import type { IndexLine } from "../../src/page/page-routes.js";
import type { CollectionFacts, PageState } from "../../src/page/page-state.js";
import { sessionKey } from "./session-key.js";
import type { Settings } from "./settings.js";

export type { SourceText } from "../../src/page/collection.js";
export type { AnswerPassage, PageAnswer } from "../../src/page/page-answer.js";
export type { CollectionFacts, PageState } from "../../src/page/page-state.js";

/** An error with a message for people. `kind` is the server's error type, or "gone" if the server does not answer. */
export class ApiError extends Error {
  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}

/** Exchanges the token for a session: a cookie, which browsers may also send to other programs, and a key, which only pages of this origin can read. */
async function openSession(token: string): Promise<void> {
  const response = await call("/api/session", { method: "POST", ...json({ token }) });
  sessionKey.save(((await response.json()) as Session).key);
}

/** Fetches the state. @param keep ids of dropped texts that this page shows, so that they are not removed */
async function readState(keep: readonly string[] = []): Promise<PageState> {
  const query = keep.length > 0 ? `?${new URLSearchParams({ keep: keep.join(",") })}` : "";
  return (await call(`/api/state${query}`)).json();
}

async function search(
  { collection, question, settings }: { collection: string; question: string; settings: Settings },
  signal: AbortSignal,
): Promise<PageAnswer> {
  const { threshold, model, ...rest } = settings;
  const body = {
    collection,
    question,
    ...rest,
    topN: Math.min(rest.topN, rest.k),
    ...(threshold !== undefined && { threshold }),
    ...(model !== undefined && { model }),
  };
  return (await call("/api/search", { method: "POST", signal, ...json(body) })).json();
}

async function readSource(
  collection: string,
  { id: passage, source, startIndex }: Pick<AnswerPassage, "id" | "source" | "startIndex">,
  signal: AbortSignal,
): Promise<SourceText> {
  const query = new URLSearchParams({ collection, source, passage, near: String(startIndex) });
  return (await call(`/api/source?${query}`, { signal })).json();
}

async function removeCollection(id: string): Promise<void> {
  await call(`/api/collections?${new URLSearchParams({ id })}`, { method: "DELETE" });
}

/** A dropped file, with its path in the dropped folder. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

/** Result of an upload. */
export interface UploadResult {
  readonly collection: CollectionFacts;
  /** Files that were left out, with the reasons. */
  readonly problems: readonly { readonly source: string; readonly reason: string }[];
}

/** Uploads files, which the program indexes. @param onProgress called with the current step, and the progress from 0 to 1 */
async function upload(
  name: string,
  files: readonly DroppedFile[],
  onProgress: (what: string, share: number) => void,
  signal: AbortSignal,
): Promise<UploadResult> {
  const { id } = (await (await call("/api/uploads", { method: "POST", signal })).json()) as { id: string };
  try {
    for (const [i, { path, file }] of files.entries()) {
      onProgress("Reading files", i / files.length);
      const query = new URLSearchParams({ id, path });
      const headers = { "content-type": "application/octet-stream" };
      await call(`/api/uploads/file?${query}`, { method: "POST", body: file, headers, signal });
    }
    onProgress("Indexing", 0);
    const response = await call("/api/uploads/index", { method: "POST", signal, ...json({ id, name }) });
    for await (const line of linesOf(response)) {
      if ("error" in line) throw new ApiError(line.error.type, line.error.message);
      if ("collection" in line) return line;
      onProgress("Indexing", line.total > 0 ? line.done / line.total : 0);
    }
    throw new ApiError("gone", "The program ended before the files were indexed.");
  } catch (error) {
    void call(`/api/uploads?${new URLSearchParams({ id })}`, { method: "DELETE", keepalive: true }).catch(
      () => {},
    );
    throw error;
  }
}

/** Calls to the server that this page came from. Each call throws {@link ApiError}. */
export const api = { openSession, readState, search, readSource, removeCollection, upload };

async function* linesOf(response: Response): AsyncGenerator<IndexLine> {
  const reader = (response.body as ReadableStream<BufferSource>)
    .pipeThrough(new TextDecoderStream())
    .getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as IndexLine;
  }
}

function json(body: unknown): RequestInit {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function call(path: string, options: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    const headers = { ...options.headers, [KEY_HEADER]: sessionKey.read() };
    response = await fetch(path, { credentials: "same-origin", ...options, headers });
  } catch {
    options.signal?.throwIfAborted();
    throw new ApiError(
      "gone",
      "The program does not answer. Start it again, and open the address that it prints.",
    );
  }
  if (response.ok) return response;
  const { error } = (await response.json().catch(() => ({}))) as {
    error?: { type: string; message: string };
  };
  throw new ApiError(
    error?.type ?? "internal",
    error?.message ?? `The program answered with status ${response.status}.`,
  );
}
