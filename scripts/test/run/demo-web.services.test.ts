import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it, jest } from "@jest/globals";

jest.setTimeout(60_000);

const PROGRAM = join(__dirname, "../../demo-web.mjs");

describe("npm run demo -- --web", () => {
  it("serves the page over the guide until Ctrl-C", async () => {
    const child = spawn(process.execPath, [PROGRAM, "--port", "0", "--no-open"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(child, "exit");
    let printed = "";
    for await (const text of child.stdout.setEncoding("utf8")) {
      printed += text;
      if (printed.includes("#token=")) break;
    }
    const [, url = ""] = /(http:\S+)\/#token=/.exec(printed) ?? [];
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("<title>");
    child.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
  });

  it("lists its options", () => {
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, "--k", "3"], { encoding: "utf8" });
    expect(stderr).toMatch(/^Expected --file PATH .* beside --web; .*--k/);
    expect(status).toBe(2);
  });
});
