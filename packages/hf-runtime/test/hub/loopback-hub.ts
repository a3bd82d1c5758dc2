import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A repository of the loopback hub. */
export interface HubRepository {
  readonly commit: string;
  readonly files: Readonly<Record<string, Buffer>>;
  /** Paths stored as large files: served by the second server, with their SHA-256 as etag. */
  readonly large?: readonly string[];
  /** Branches and tags in addition to "main". */
  readonly revisions?: readonly string[];
  /** Answers every request with this status (and code) instead. */
  readonly failure?: { readonly status: number; readonly code?: string };
}

export interface SeenRequest {
  readonly server: "hub" | "cdn";
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
}

/** Handles a request itself and returns true, or leaves it to the hub. */
export type Fault = (request: SeenRequest, response: ServerResponse) => boolean;

/** A model hub of two real HTTP servers on 127.0.0.1: the hub, and the content network it redirects large files to. */
export class LoopbackHub {
  readonly requests: SeenRequest[] = [];
  readonly faults: Fault[] = [];
  /** Bytes in each piece of a body, and the pause after each: slow enough to be killed in the middle. */
  pace: { readonly bytes: number; readonly pauseMs: number } | undefined;
  /** Host name of the content network. Python distinguishes hosts only by name, without the port. */
  cdnHost = "127.0.0.1";
  private hub!: Server;
  private cdn!: Server;

  constructor(readonly repositories: Readonly<Record<string, HubRepository>>) {}

  static async start(repositories: Readonly<Record<string, HubRepository>>): Promise<LoopbackHub> {
    const hub = new LoopbackHub(repositories);
    hub.hub = await listen((request, response) => hub.answer("hub", request, response));
    hub.cdn = await listen((request, response) => hub.answer("cdn", request, response));
    return hub;
  }

  get endpoint(): string {
    return origin(this.hub);
  }

  get cdnEndpoint(): string {
    return origin(this.cdn).replace("127.0.0.1", this.cdnHost);
  }

  async stop(): Promise<void> {
    for (const server of [this.hub, this.cdn]) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }

  /** Requests for bodies: neither HEAD nor the API. */
  get downloads(): readonly SeenRequest[] {
    return this.requests.filter(({ method, path }) => method === "GET" && !path.startsWith("/api/"));
  }

  private answer(server: "hub" | "cdn", request: IncomingMessage, response: ServerResponse): void {
    const seen: SeenRequest = {
      server,
      method: request.method ?? "",
      path: decoded((request.url ?? "").split("?")[0] ?? ""),
      authorization: request.headers.authorization,
      range: request.headers.range,
    };
    this.requests.push(seen);
    for (const [index, fault] of this.faults.entries()) {
      if (!fault(seen, response)) continue;
      this.faults.splice(index, 1);
      return;
    }
    const api = /^\/api\/models\/(.+)\/revision\/(.+)$/.exec(seen.path);
    const file = /^\/(.+?)\/resolve\/([^/]+)\/(.+)$/.exec(seen.path);
    if (server === "cdn") this.serveLarge(seen, response);
    else if (api) this.serveInfo(api[1]!, api[2]!, response);
    else if (file) this.serveFile(seen, file[1]!, file[3]!, response);
    else end(response, 404);
  }

  private serveInfo(model: string, revision: string, response: ServerResponse): void {
    const repository = this.repositories[model];
    if (!repository) {
      end(response, 404, { "x-error-code": "RepoNotFound" });
      return;
    }
    if (repository.failure) {
      const { status, code } = repository.failure;
      end(response, status, code ? { "x-error-code": code } : {});
      return;
    }
    const known = ["main", repository.commit, ...(repository.revisions ?? [])];
    if (!known.includes(revision)) {
      end(response, 404, { "x-error-code": "RevisionNotFound" });
      return;
    }
    const siblings = Object.entries(repository.files).map(([rfilename, body]) => ({
      rfilename,
      size: body.length,
      blobId: gitSha1(body),
      ...(repository.large?.includes(rfilename) ? { lfs: { sha256: sha256(body), size: body.length } } : {}),
    }));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ id: model, sha: repository.commit, siblings }));
  }

  private serveFile(seen: SeenRequest, model: string, path: string, response: ServerResponse): void {
    const repository = this.repositories[model];
    const body = repository?.files[path];
    if (!repository || !body) {
      end(response, 404, { "x-error-code": "EntryNotFound" });
      return;
    }
    response.setHeader("x-repo-commit", repository.commit);
    if (repository.large?.includes(path)) {
      response.setHeader("x-linked-etag", `"${sha256(body)}"`);
      response.setHeader("x-linked-size", body.length);
      end(response, 302, { location: `${this.cdnEndpoint}/${model}/${path}` });
      return;
    }
    response.setHeader("etag", `"${gitSha1(body)}"`);
    this.sendBody(seen, body, response);
  }

  private serveLarge(seen: SeenRequest, response: ServerResponse): void {
    const [, organisation, name, ...rest] = seen.path.split("/");
    const body = this.repositories[`${organisation}/${name}`]?.files[rest.join("/")];
    if (!body) {
      end(response, 404);
      return;
    }
    // The content network has its own etags, which are not the file's hash.
    response.setHeader("etag", '"of-the-cdn-0123"');
    this.sendBody(seen, body, response);
  }

  private sendBody(seen: SeenRequest, whole: Buffer, response: ServerResponse): void {
    const start = Number(/^bytes=(\d+)-$/.exec(seen.range ?? "")?.[1] ?? 0);
    if (start > 0 && start >= whole.length) {
      end(response, 416, { "content-range": `bytes */${whole.length}` });
      return;
    }
    const body = whole.subarray(start);
    if (start > 0) {
      response.statusCode = 206;
      response.setHeader("content-range", `bytes ${start}-${whole.length - 1}/${whole.length}`);
    }
    response.setHeader("content-length", body.length);
    if (seen.method === "HEAD") response.end();
    else if (this.pace) void this.trickle(body, response);
    else response.end(body);
  }

  private async trickle(body: Buffer, response: ServerResponse): Promise<void> {
    const { bytes, pauseMs } = this.pace!;
    for (let at = 0; at < body.length && !response.destroyed; at += bytes) {
      response.write(body.subarray(at, at + bytes));
      await new Promise((next) => setTimeout(next, pauseMs));
    }
    response.end();
  }
}

/** How long to wait until sent bytes are read. Bytes that fetch holds when its connection ends are lost, since Node 24 always. */
const READ_MS = 200;

/** Sends the first bytes of a body that is announced as longer, then ends the connection. */
export function cutBody(matches: (request: SeenRequest) => boolean, body: Buffer, sentBytes: number): Fault {
  return (request, response) => {
    if (!matches(request)) return false;
    const start = Number(/^bytes=(\d+)-$/.exec(request.range ?? "")?.[1] ?? 0);
    if (start > 0) {
      response.statusCode = 206;
      response.setHeader("content-range", `bytes ${start}-${body.length - 1}/${body.length}`);
    }
    response.setHeader("content-length", body.length - start);
    // End the connection without a reset, which could drop sent bytes on a busy machine.
    const cut = () => setTimeout(() => response.socket?.end(), sentBytes > 0 ? READ_MS : 5);
    response.write(body.subarray(start, start + sentBytes), cut);
    return true;
  };
}

/** Answers the next matching request with a status. */
export function answerStatus(
  matches: (request: SeenRequest) => boolean,
  status: number,
  headers: Record<string, string> = {},
): Fault {
  return (request, response) => {
    if (!matches(request)) return false;
    end(response, status, headers);
    return true;
  };
}

export function sha256(body: Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}

/** git's hash of a file, which the hub uses as the etag of small files. */
export function gitSha1(body: Buffer): string {
  return createHash("sha1").update(`blob ${body.length}\0`).update(body).digest("hex");
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers).end();
}

/** Decodes a path; returns it unchanged if it is not well-formed. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(handler);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}

function origin(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
