import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { type LoopbackServer, startLoopbackServer } from "./sagemaker/loopback-server.js";

/** A model hub on 127.0.0.1. */
export interface FolderHub extends LoopbackServer {
  /** Commit of every repository. */
  readonly commit: string;
}

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const REQUEST = /^\/(?:api\/models\/)?([^/]+\/[^/]+)\/(?:revision\/[^/]+|resolve\/[^/]+\/(.+))$/;

/**
 * Serves folders as repositories of a model hub, each with one commit. hf-runtime's tests have their own hub, which can simulate faults.
 * @param folders repository id → folder
 */
export async function startFolderHub(folders: Readonly<Record<string, string>>): Promise<FolderHub> {
  const repositories = new Map(Object.entries(folders).map(([id, folder]) => [id, filesOf(folder)]));
  const server = await startLoopbackServer((request, _body, response) => {
    const path = new URL(request.url ?? "", "http://hub").pathname;
    const [, id = "", file] = REQUEST.exec(decodeURIComponent(path)) ?? [];
    const files = repositories.get(id);
    if (files !== undefined && file === undefined) {
      const siblings = [...files.keys()].map((rfilename) => ({ rfilename }));
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ id, sha: COMMIT, siblings }));
      return;
    }
    const body = files?.get(file ?? "");
    if (body === undefined) {
      response.writeHead(404, { "x-error-code": files ? "EntryNotFound" : "RepoNotFound" }).end();
      return;
    }
    // Git's hash of the file, which the client checks.
    const etag = createHash("sha1").update(`blob ${body.length}\0`).update(body).digest("hex");
    const headers = { "x-repo-commit": COMMIT, etag: `"${etag}"`, "content-length": body.length };
    response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : body);
  });
  return { ...server, commit: COMMIT };
}

function filesOf(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path)] as const),
  );
}
