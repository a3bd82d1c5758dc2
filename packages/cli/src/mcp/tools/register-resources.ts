import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { SecondpassError } from "@secondpass/core";
import { fileKind } from "../../corpus/file-kind.js";
import { stackOf } from "../../errors/stack-of.js";
import { callScope } from "../calls/call-scope.js";
import type { Library } from "../library/library.js";
import { pageOfSources } from "../library/page-of-sources.js";
import { readIndexedSource } from "../library/read-indexed-source.js";

const PREFIX = "secondpass://source/";
/** Resources on a page. */
const PAGE = 200;
/** Longest resource, in UTF-16 units: people attach them to a conversation. */
const MAX_RESOURCE = 1_000_000;

/** Offers the indexed files as resources, which people attach to a conversation. */
export function registerResources({ server }: McpServer, library: Library): void {
  const { index, sources } = library;
  server.registerCapabilities({ resources: {} });
  server.setRequestHandler("resources/templates/list", () => ({
    resourceTemplates: [
      {
        name: "source",
        title: "Indexed file",
        uriTemplate: `${PREFIX}{+path}`,
        description: "An indexed file by its path in the indexed folder",
      },
    ],
  }));
  server.setRequestHandler("resources/list", ({ params }, context) =>
    answered(library, context, async (signal) =>
      index.use(async (opened) => {
        const { page, nextCursor } = pageOfSources(await sources.of(opened), {
          limit: PAGE,
          ...(params?.cursor !== undefined && { cursor: params.cursor }),
        });
        return {
          resources: page.map(({ source }) => ({
            uri: uriOf(source),
            name: source,
            mimeType: mimeTypeOf(source),
          })),
          ...(nextCursor !== undefined && { nextCursor }),
        };
      }, signal),
    ),
  );
  server.setRequestHandler("resources/read", ({ params: { uri } }, context) =>
    answered(library, context, async (signal) =>
      index.use(async (opened) => {
        const table = await sources.of(opened);
        const source = sourceOf(uri);
        if (source === undefined || !table.has(source)) {
          throw new ProtocolError(
            ProtocolErrorCode.InvalidParams,
            `There is no resource ${uri}. resources/list lists all of them.`,
            { uri },
          );
        }
        const text = await readIndexedSource(opened, table, source);
        if (text.length > MAX_RESOURCE) {
          throw new ProtocolError(
            ProtocolErrorCode.InvalidParams,
            `${source} has ${text.length} characters, more than the ${MAX_RESOURCE} of a resource. The tool read_passage reads it in parts.`,
          );
        }
        return { contents: [{ uri, mimeType: mimeTypeOf(source), text }] };
      }, signal),
    ),
  );
}

/** Turns errors that an agent can remove into errors of the protocol, and logs the others. */
async function answered<T>(
  { log }: Library,
  { mcpReq: { signal } }: ServerContext,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await callScope.run({ onDownload: () => {} }, () => work(signal));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProtocolError) throw error;
    if (SecondpassError.isInstance(error)) {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, error.message);
    }
    log.write(`${stackOf(error)}\n`);
    throw new ProtocolError(
      ProtocolErrorCode.InternalError,
      "The server failed. Its standard error says why.",
    );
  }
}

function uriOf(source: string): string {
  return PREFIX + source.split("/").map(encodeURIComponent).join("/");
}

/** Returns the path of a resource's file; undefined if the URI is not one of ours. */
function sourceOf(uri: string): string | undefined {
  if (!uri.startsWith(PREFIX)) return undefined;
  try {
    return decodeURIComponent(uri.slice(PREFIX.length));
  } catch {
    return undefined;
  }
}

function mimeTypeOf(source: string): string {
  const kind = fileKind(source);
  if (kind === "markdown") return "text/markdown";
  return kind === "html-text" ? "text/html" : "text/plain";
}
