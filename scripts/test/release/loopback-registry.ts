import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** An npm registry on 127.0.0.1 that keeps the published packages in memory. */
export interface LoopbackRegistry {
  readonly url: string;
  /** `name@version`, in order of arrival. */
  readonly published: readonly string[];
  close(): Promise<void>;
}

interface Packument {
  readonly name: string;
  readonly versions: Record<string, { dist: { tarball: string } }>;
  readonly "dist-tags": Record<string, string>;
  readonly _attachments?: Record<string, { readonly data: string }>;
}

/** Answers the requests of `npm publish`, `npm view` and `npm install`. */
export async function startLoopbackRegistry(): Promise<LoopbackRegistry> {
  const packages = new Map<string, Packument>();
  const tarballs = new Map<string, Buffer>();
  const published: string[] = [];
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const path = decodeURIComponent(new URL(request.url ?? "", "http://registry").pathname);
    const tarball = tarballs.get(path);
    if (tarball !== undefined) {
      response.end(tarball);
      return;
    }
    const name = path.slice(1);
    if (request.method !== "PUT") {
      const found = packages.get(name);
      answer(found === undefined ? 404 : 200, found ?? { error: "not_found" });
      return;
    }
    const sent = JSON.parse((await bodyOf(request)).toString()) as Packument;
    for (const [version, manifest] of Object.entries(sent.versions)) {
      const file = `/tarballs/${name.replace("/", "-")}-${version}.tgz`;
      const [attachment] = Object.values(sent._attachments ?? {});
      tarballs.set(file, Buffer.from(attachment?.data ?? "", "base64"));
      manifest.dist.tarball = `${url}${file}`;
      published.push(`${name}@${version}`);
    }
    packages.set(name, { name, versions: sent.versions, "dist-tags": sent["dist-tags"] });
    answer(201, { ok: true });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url, published, close };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
