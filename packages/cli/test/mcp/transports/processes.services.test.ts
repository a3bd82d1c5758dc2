import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { until } from "@secondpass/test-kit";
import { CorpusFolder } from "../../corpus-folder.js";
import { send } from "../../local-http/send.js";
import { runMain } from "../../run-main.js";
import { CLI, type Program, runSecondpass } from "../../run-secondpass.js";
import { testClient } from "../connect.js";

jest.setTimeout(120_000);

const TOKEN = "a token of sixteen or more".replaceAll(" ", "-");
const folder = new CorpusFolder({ "fruit.txt": "Bananas ripen faster in a paper bag.\n" });
beforeAll(async () => {
  expect((await runMain(["index", folder.texts, "--index", folder.index])).code).toBe(0);
});
afterAll(() => folder.dispose());

async function found(client: Client): Promise<unknown> {
  const { structuredContent } = await client.callTool({ name: "search", arguments: { query: "bananas" } });
  return (structuredContent as { passages: { source: string }[] }).passages.map(({ source }) => source);
}

describe("secondpass mcp as a process on standard input and output", () => {
  it("answers the official client, and ends when the client closes its input", async () => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [CLI, "mcp", "--index", folder.index],
      stderr: "pipe",
    });
    let stderr = "";
    transport.stderr?.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const client = testClient(true);
    await client.connect(transport);
    expect(await found(client)).toEqual(["fruit.txt"]);
    await client.close();
    expect(stderr).toBe("");
  });
});

describe("secondpass mcp --http", () => {
  let program: Program;
  let url: URL;
  beforeAll(async () => {
    program = runSecondpass(["mcp", "--http", "--port", "0", "--index", folder.index], {
      SECONDPASS_MCP_TOKEN: TOKEN,
    });
    await until(() => program.output.stdout.includes("\n") || program.child.exitCode !== null);
    url = new URL(/ at (http:\S+)\n/.exec(program.output.stdout)?.[1] ?? program.output.stderr);
  });
  afterAll(() => {
    program.child.kill();
  });

  async function connectTo(isCurrent: boolean) {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
    const client = testClient(isCurrent);
    await client.connect(transport);
    return { client, transport };
  }

  it("serves clients with and without sessions at a time, and ends a session at DELETE", async () => {
    expect(program.output.stdout).not.toContain(TOKEN);
    const [older, newer] = await Promise.all([connectTo(false), connectTo(true)]);
    expect(await Promise.all([found(older.client), found(newer.client)])).toEqual([
      ["fruit.txt"],
      ["fruit.txt"],
    ]);
    const { sessionId } = older.transport;
    expect([typeof sessionId, newer.transport.sessionId]).toEqual(["string", undefined]);
    await older.transport.terminateSession();
    const { status } = await send(url.origin, url.pathname, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        authorization: `Bearer ${TOKEN}`,
        "mcp-session-id": sessionId as string,
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }),
    });
    expect(status).toBe(404);
    expect(await found(newer.client)).toEqual(["fruit.txt"]);
    await Promise.all([older.client.close(), newer.client.close()]);
  });

  const message = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  const usual = { "content-type": "application/json", authorization: `Bearer ${TOKEN}` };
  it.each<[string, Record<string, string>, string, number]>([
    ["without a token", { authorization: "" }, message, 401],
    ["with another token", { authorization: `Bearer ${TOKEN}x` }, message, 401],
    ["from a page of another site", { origin: "http://evil.example" }, message, 403],
    ["for another host (DNS rebinding)", { host: "evil.example" }, message, 403],
    ["with a body of another kind", { "content-type": "text/plain" }, message, 415],
    ["with no JSON", {}, "{", 400],
    ["with a list of messages", {}, `[${message}]`, 400],
    ["without a session", {}, message, 400],
  ])("rejects a request %s", async (_name, headers, body, status) => {
    const sent = { ...usual, ...headers };
    expect((await send(url.origin, url.pathname, { method: "POST", headers: sent, body })).status).toBe(
      status,
    );
  });

  it("ends with 0 at SIGTERM, with clients connected", async () => {
    const { client } = await connectTo(false);
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    expect(program.output.stderr).toBe("");
    await client.close().catch(() => undefined);
  });
});
