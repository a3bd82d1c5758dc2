import { PassThrough } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import { McpServer } from "@modelcontextprotocol/server";
import { serveOverStdio } from "../../../src/mcp/transports/serve-over-stdio.js";

describe("serving over standard input and output", () => {
  it("keeps a library's console output out of the protocol, and restores the console", async () => {
    const stdin = new PassThrough();
    const stdout: string[] = [];
    const stderr: string[] = [];
    const { log } = console;
    const serving = serveOverStdio(
      () => new McpServer({ name: "test", version: "1" }),
      {
        stdin,
        stdout: { write: (text) => stdout.push(String(text)) },
        stderr: { write: (text) => stderr.push(String(text)) },
        env: {},
      },
      new AbortController().signal,
    );
    console.log("loaded %d models", 2);
    console.info({ a: 1 });
    stdin.end();
    await serving;
    expect(stderr).toEqual(["loaded 2 models\n", "{ a: 1 }\n"]);
    expect(stdout).toEqual([]);
    expect(console.log).toBe(log);
  });
});
