import { existsSync } from "node:fs";
import { afterAll, describe, expect, it, jest } from "@jest/globals";
import { until } from "@secondpass/test-kit";
import { CorpusFolder } from "../corpus-folder.js";
import { send } from "../local-http/send.js";
import { runMain } from "../run-main.js";
import { runSecondpass } from "../run-secondpass.js";

jest.setTimeout(60_000);

const corpus = new CorpusFolder({ "a.md": "# Lighthouses\n\nA lighthouse guides ships at night.\n" });
afterAll(() => corpus.dispose());

describe("secondpass ui", () => {
  it("indexes a folder, serves the page offline, and ends with 0 at a signal", async () => {
    const { child, output, ended } = runSecondpass([
      "ui",
      corpus.texts,
      "--index",
      corpus.index,
      "--port",
      "0",
    ]);
    await until(() => output.stdout.includes("\n") || child.exitCode !== null);
    const [, url = "", token = ""] =
      /^The page is at (http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)$/m.exec(output.stdout) ?? [];
    const page = await send(url, "/");
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    // The page loads everything from its own server.
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    expect(parts.length).toBeGreaterThanOrEqual(3);
    for (const part of parts) expect([part, (await send(url, part)).status]).toEqual([part, 200]);
    expect((await send(url, "/assets/missing.js")).status).toBe(404);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ collection: "index", question: "What guides ships?" });
    const { json } = await send(url, "/api/search", { method: "POST", headers, body });
    expect(json.passages[0].source).toBe("a.md");
    expect(existsSync(corpus.index)).toBe(true);
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(output.stderr).toBe("");
  });

  it("ends with 0 at a signal that comes as soon as it prints its address", async () => {
    const { child, ended } = runSecondpass(["ui", "--index", corpus.index, "--port", "0"]);
    child.stdout?.once("data", () => child.kill("SIGINT"));
    expect(await ended).toBe(0);
  });

  it("says what is wrong with the texts to search", async () => {
    const missing = await runMain(["ui", `${corpus.texts}/none`]);
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining("Expected a folder or files to search, got"),
    ]);
    const two = await runMain(["ui", corpus.texts, corpus.texts]);
    expect([two.code, two.stderr]).toEqual([2, expect.stringContaining("Expected one folder, or files")]);
  });
});
