import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { CommandError } from "../errors/command-error.js";
import { LocalHttpError } from "../local-http/local-http-error.js";
import type { Route } from "../local-http/route.js";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** For built files, whose names change with their content. */
const FOREVER = "private, max-age=31536000, immutable";

/**
 * Makes the routes of the built page. Reads its few, small files now.
 * @throws {CommandError} if the page is not built
 */
export async function pageFiles(folder: string): Promise<Route[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new CommandError(
      `The page is not built: there is no ${folder}. Build it, or install the package again.`,
      {
        cause: error,
      },
    );
  });
  const files = new Map<string, Buffer>();
  for (const name of names) {
    if (!Object.hasOwn(TYPES, extname(name))) continue;
    files.set(`/${name.replaceAll("\\", "/")}`, await readFile(join(folder, name)));
  }
  return ["/", "/assets/*", "/icon.svg"].map((path) => ({
    method: "GET",
    path,
    access: "page",
    answer({ url, response, request }) {
      const name = url.pathname === "/" ? "/index.html" : url.pathname;
      const bytes = files.get(name);
      if (bytes === undefined) throw new LocalHttpError("notFound", "There is nothing at this address.");
      response.writeHead(200, {
        "content-type": TYPES[extname(name)],
        "content-length": bytes.length,
        ...(name.startsWith("/assets/") && { "cache-control": FOREVER }),
      });
      response.end(request.method === "HEAD" ? undefined : bytes);
    },
  }));
}
