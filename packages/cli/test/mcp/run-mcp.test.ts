import { afterAll, describe, expect, it, jest } from "@jest/globals";
import { until } from "@secondpass/test-kit";
import { CorpusFolder } from "../corpus-folder.js";
import { runMain } from "../run-main.js";
import { runSecondpass } from "../run-secondpass.js";

jest.setTimeout(60_000);

const folder = new CorpusFolder();
afterAll(() => folder.dispose());

describe("secondpass mcp", () => {
  it("writes only the protocol, whatever it receives, and exits with 0", async () => {
    const program = runSecondpass(["mcp", "--index", `${folder.root}/none`]);
    const { stdin } = program.child;
    stdin?.write("no JSON\n");
    stdin?.write('{"jsonrpc":"2.0","method":"notifications/unknown"}\n');
    const params = {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "t", version: "1" },
    };
    stdin?.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params })}\n`);
    await until(() => program.output.stdout.includes("\n"));
    stdin?.end();
    expect(await program.ended).toBe(0);
    for (const line of program.output.stdout.trim().split("\n")) {
      expect(JSON.parse(line)).toMatchObject({ jsonrpc: "2.0" });
    }
    expect(program.output.stderr).toMatch(/^Warning: there is no index in .*none yet/);
  });

  it("rejects a token that is easy to guess", async () => {
    const { code, stderr } = await runMain(["mcp", "--http", "--token", "short"]);
    expect(stderr).toMatch(/^Expected --token to be 16 to 512 visible ASCII characters/);
    expect(code).toBe(2);
  });
});
