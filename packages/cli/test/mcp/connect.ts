import { Client, type ClientOptions, InMemoryTransport } from "@modelcontextprotocol/client";
import { createMcpServer } from "../../src/mcp/create-mcp-server.js";
import { Library } from "../../src/mcp/library/library.js";

/** Makes a client of revision 2025-11-25 or before, which sends `initialize`, or of a later one, which does not. */
export function testClient(isCurrent = false): Client {
  const options: ClientOptions = isCurrent ? { versionNegotiation: { mode: "auto" } } : {};
  return new Client({ name: "test", version: "1" }, options);
}

export interface Connected extends AsyncDisposable {
  readonly client: Client;
  readonly library: Library;
  /** Returns the server's log. */
  readonly logged: () => string;
}

/** Connects the official client to our server in this process. */
export async function connect(folder: string, model = "mini-reranker"): Promise<Connected> {
  let log = "";
  const library = new Library({ folder, model, log: { write: (text) => (log += text) } });
  const server = createMcpServer(library);
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(ours);
  const client = testClient();
  await client.connect(theirs);
  return {
    client,
    library,
    logged: () => log,
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
      await library[Symbol.asyncDispose]();
    },
  };
}

/** Counts the texts that a library's reranker reads from now on. */
export function countScored({ reranker }: Library): () => number {
  let count = 0;
  const score = reranker.score.bind(reranker);
  reranker.score = (pairs, options) => {
    count += pairs.length;
    return score(pairs, options);
  };
  return () => count;
}
