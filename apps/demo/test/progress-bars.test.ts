import { PassThrough } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import { ProgressBars } from "../src/progress-bars.js";

function stream(isTTY: boolean, columns?: number) {
  const output = Object.assign(new PassThrough(), { isTTY, columns }) as unknown as NodeJS.WriteStream;
  return { output, text: () => String((output as unknown as PassThrough).read() ?? "") };
}

describe("ProgressBars", () => {
  it("draws on a terminal and clears the line at the end", () => {
    const { output, text } = stream(true);
    const bars = new ProgressBars(output, { quiet: false });
    bars.show("embedding", 5, 10);
    expect(text()).toContain(`embedding    ${"█".repeat(15)}${"░".repeat(15)} 50 %`);
    bars.show("embedding", 10, 10);
    expect(text()).toBe("\r\u001b[2K");
    bars.clear();
    expect(text()).toBe("");
  });

  it.each([0, 1, 5, 19, 20, 40, 49, 50])(
    "draws lines that are narrower than a terminal of %d columns",
    (columns) => {
      const { output, text } = stream(true, columns);
      new ProgressBars(output, { quiet: false }).show("embedding", 99, 100);
      const line = text().replace("\r\u001b[2K", "");
      // 0: the terminal does not report its width.
      expect(line.length).toBeLessThan(columns || 80);
    },
  );

  it("erases the line for an error in the middle of a step", () => {
    const { output, text } = stream(true);
    const bars = new ProgressBars(output, { quiet: false });
    bars.store({ step: "embed", done: 1, total: 4 });
    text();
    bars.clear();
    expect(text()).toBe("\r\u001b[2K");
  });

  it("shows the download of a model's large file by the end of its name, and the store's embedding", () => {
    const { output, text } = stream(true);
    const bars = new ProgressBars(output, { quiet: false });
    bars.model({ kind: "download", file: "onnx/model.onnx", loadedBytes: 1, totalBytes: 4 });
    expect(text()).toMatch(/model\.onnx .* 25 %/);
    bars.store({ step: "vectors", done: 1, total: 4 });
    expect(text()).toBe("");
  });

  it.each([
    ["piped", false, false],
    ["quiet", true, true],
  ])("stays silent when %s", (_, isTTY, quiet) => {
    const { output, text } = stream(isTTY);
    new ProgressBars(output, { quiet }).show("embedding", 5, 10);
    expect(text()).toBe("");
  });
});
