import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const EXAMPLE = join(__dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "rerank-service-"));

/** The example's search, as a user runs it. */
const search = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(EXAMPLE, "search.mjs"), ...words], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};

describe("the rerank service", () => {
  const server = spawn(process.execPath, [join(EXAMPLE, "serve.mjs")], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(server, "exit");
  let url = "";
  beforeAll(async () => {
    writeFileSync(
      join(folder, "saving.md"),
      "# Saving\n\nAn index is saved to a folder by its method save.\n",
    );
    writeFileSync(join(folder, "fruit.md"), "# Fruit\n\nBananas ripen in a paper bag. Save the bag.\n");
    let printed = "";
    for await (const text of server.stderr.setEncoding("utf8")) {
      printed += text;
      url = / at (http:\S+)\n/.exec(printed)?.[1] ?? "";
      if (url !== "") break;
    }
  });
  afterAll(() => {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  it("puts the passage that answers first", () => {
    const { status, stdout, stderr } = search("--folder", folder, "--url", url, "How do I save an index?");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^\S*saving\.md:1-3 \d\.\d+\n# Saving\n\nAn index is saved/);
  });

  it("ends at SIGTERM; then the search says that nobody answers", async () => {
    server.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    const { status, stderr } = search("--folder", folder, "--url", url, "How do I save an index?");
    expect(status).toBe(1);
    expect(stderr).toContain(url);
  });

  it("says what is missing", () => {
    expect(search()).toMatchObject({ status: 1, stderr: expect.stringMatching(/^Expected a folder/) });
  });
});
