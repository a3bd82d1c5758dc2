import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, jest } from "@jest/globals";

jest.setTimeout(120_000);

const PROGRAM = join(__dirname, "../live-index.mjs");
const root = mkdtempSync(join(tmpdir(), "live-index-"));
const notes = join(root, "notes");
mkdirSync(notes);
const write = (name: string, text: string) => writeFileSync(join(notes, name), text);

/** The example as a user runs it. */
class Service {
  readonly #child = spawn(
    process.execPath,
    [PROGRAM, "--folder", notes, "--index", join(root, "index"), "--port", "0", "--every-seconds", "0.1"],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  readonly #ended = once(this.#child, "exit");
  #log = "";

  constructor() {
    this.#child.stderr.setEncoding("utf8").on("data", (text) => {
      this.#log += text;
    });
  }

  /** Waits for a line of the log, and drops the lines before it. @returns the match of the pattern's group */
  async logged(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#log);
      if (found !== null) {
        this.#log = this.#log.slice(found.index + found[0].length);
        return found[1] ?? "";
      }
      await once(this.#child.stderr, "data");
    }
  }

  async end(): Promise<unknown> {
    this.#child.kill("SIGTERM");
    return this.#ended;
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}

describe("the live index", () => {
  let service = new Service();
  afterAll(() => {
    service.kill();
    rmSync(root, { recursive: true });
  });
  const search = async (url: string, question: string) => {
    const answer = await fetch(`${url}/search?q=${encodeURIComponent(question)}`);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { source: string; text: string }[]).map(({ text }) => text);
  };

  it("notices written, changed and deleted files while it runs, and finds saved passages after a restart", async () => {
    write("fruit.md", "Bananas ripen in a paper bag.");
    let url = await service.logged(/ at (http:\S+)\n/);
    await service.logged(/1 passages added, 0 deleted/);
    expect(await search(url, "ripe bananas")).toEqual(["Bananas ripen in a paper bag."]);

    write("fruit.md", "Apples keep for weeks in a cellar.");
    await service.logged(/1 passages added, 1 deleted, 1 in all/);
    expect(await search(url, "ripe bananas")).toEqual(["Apples keep for weeks in a cellar."]);

    expect(await service.end()).toEqual([0, null]);
    write("saving.md", "An index is saved to a folder.");
    service = new Service();
    url = await service.logged(/ at (http:\S+)\n/);
    // What it has saved is not embedded again.
    await service.logged(/1 passages added, 0 deleted, 2 in all/);
    rmSync(join(notes, "fruit.md"));
    await service.logged(/0 passages added, 1 deleted, 1 in all/);
    expect(await search(url, "cellar")).toEqual(["An index is saved to a folder."]);
  });

  it("says what a request needs", async () => {
    await service.end();
    service = new Service();
    const url = await service.logged(/ at (http:\S+)\n/);
    expect((await fetch(`${url}/search`)).status).toBe(400);
    expect((await fetch(`${url}/other`)).status).toBe(404);
    expect(await service.end()).toEqual([0, null]);
  });
});
