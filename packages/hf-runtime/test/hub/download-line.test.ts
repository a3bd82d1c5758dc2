import { describe, expect, it } from "@jest/globals";
import { DownloadLine } from "../../src/hub/download-line.js";
import { progressOf, showProgress } from "../../src/hub/show-progress.js";

const ERASE = "\r\u001b[2K";

function line(isTTY: boolean, columns?: number) {
  const said: string[] = [];
  const clock = { ms: 0 };
  const output = { isTTY, columns, write: (text: string) => said.push(text) };
  return { said, clock, line: new DownloadLine(output, () => clock.ms) };
}

describe("DownloadLine", () => {
  it("draws one line on a terminal, with rate and time left, and erases it at the end", () => {
    const { said, clock, line: shown } = line(true);
    shown.show({ file: "model.safetensors", loadedBytes: 0, totalBytes: 40e6 });
    clock.ms = 2000;
    shown.show({ file: "model.safetensors", loadedBytes: 10e6, totalBytes: 40e6 });
    clock.ms = 8000;
    shown.show({ file: "model.safetensors", loadedBytes: 40e6, totalBytes: 40e6 });
    expect(said).toEqual([
      `${ERASE}Downloading model.safetensors: 0.0 of 40 MB`,
      `${ERASE}Downloading model.safetensors: 10 of 40 MB, 5.0 MB/s, 6 s left`,
      ERASE,
    ]);
  });

  it.each([0, 1, 20, 40])("draws lines that are narrower than a terminal of %d columns", (columns) => {
    const { said, line: shown } = line(true, columns);
    shown.show({ file: "a".repeat(200), loadedBytes: 1, totalBytes: 2 });
    // 0: the terminal does not report it.
    expect(said[0]!.length - ERASE.length).toBeLessThan(columns || 80);
  });

  it("writes a line at the beginning, every ten seconds and at the end if the output is not a terminal", () => {
    const { said, clock, line: shown } = line(false);
    for (clock.ms = 0; clock.ms < 21_000; clock.ms += 100)
      shown.show({ file: "a", loadedBytes: clock.ms * 1000, totalBytes: 21e6 });
    shown.show({ file: "a", loadedBytes: 21e6, totalBytes: 21e6 });
    shown.show({ file: "b", loadedBytes: 1e6 });
    expect(said).toEqual([
      "Downloading a: 0.0 of 21 MB\n",
      "Downloading a: 10 of 21 MB, 1.0 MB/s, 11 s left\n",
      "Downloading a: 20 of 21 MB, 1.0 MB/s, 1 s left\n",
      "Downloading a: 21 of 21 MB, 1.0 MB/s\n",
      "Downloading b: 1.0 MB\n",
    ]);
  });
});

describe("progressOf", () => {
  it("takes the caller's function, or false for no reports", () => {
    expect(progressOf(showProgress)).toBe(showProgress);
    expect(progressOf(false)).toBeUndefined();
  });
});
