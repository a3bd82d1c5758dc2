import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalServer } from "../../src/local-http/start-local-server.js";
import { Library } from "../../src/page/library.js";
import { Rerankers } from "../../src/page/rerankers.js";
import { startPage } from "../../src/page/start-page.js";
import { Uploads } from "../../src/page/uploads.js";
import { send } from "../local-http/send.js";

/** A page's server with no texts yet. */
export interface RunningPage extends AsyncDisposable {
  readonly server: LocalServer;
  readonly library: Library;
  readonly uploads: Uploads;
  readonly failures: unknown[];
  /** Calls the API as a program. */
  call(method: string, path: string, body?: unknown, signal?: AbortSignal): ReturnType<typeof send>;
  /** Uploads files and indexes them. @returns the lines of the answer */
  // biome-ignore lint/suspicious/noExplicitAny: the server may send any JSON.
  upload(files: Readonly<Record<string, string | Buffer>>, name?: string): Promise<any[]>;
}

export async function runningPage(temporary?: string): Promise<RunningPage> {
  const library = new Library();
  const rerankers = new Rerankers(["mini-reranker"]);
  const how = { embedder: "mini-embedder", revision: undefined, chunkSize: 300, chunkOverlap: 50 };
  const uploads = new Uploads(how, undefined, temporary);
  const failures: unknown[] = [];
  const folder = await mkdtemp(join(tmpdir(), "page-"));
  const server = await startPage(
    { library, rerankers, uploads },
    { port: 0, folder, onFailure: (error) => failures.push(error) },
  );
  const authorization = { authorization: `Bearer ${server.token}` };
  const page: RunningPage = {
    server,
    library,
    uploads,
    failures,
    call: (method, path, body, signal) =>
      send(server.url, path, {
        method,
        signal,
        headers: { ...authorization, ...(body !== undefined && { "content-type": "application/json" }) },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    async upload(files, name = "notes") {
      const { id } = (await page.call("POST", "/api/uploads")).json;
      for (const [path, body] of Object.entries(files)) {
        const query = new URLSearchParams({ id, path });
        await send(server.url, `/api/uploads/file?${query}`, {
          method: "POST",
          headers: authorization,
          body,
        });
      }
      const { text } = await page.call("POST", "/api/uploads/index", { id, name });
      return text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await rerankers[Symbol.asyncDispose]();
      await library[Symbol.asyncDispose]();
      await uploads[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
  return page;
}
