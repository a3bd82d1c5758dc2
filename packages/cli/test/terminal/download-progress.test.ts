import { describe, expect, it } from "@jest/globals";
import { DownloadProgress } from "../../src/terminal/download-progress.js";

/** Returns the output during a download of 100 MB in ten steps, each a second apart. */
function downloaded({ isTTY, columns }: { readonly isTTY: boolean; readonly columns?: number }) {
  const written: string[] = [];
  let now = 0;
  const progress = new DownloadProgress(
    { write: (text) => written.push(String(text)), isTTY, columns },
    () => now,
  );
  for (let step = 0; step <= 10; step++) {
    now = step * 2000;
    progress.show("org/model", { file: "model.safetensors", loadedBytes: step * 10e6, totalBytes: 100e6 });
    progress.show("org/model", { file: "config.json", loadedBytes: step, totalBytes: 10 });
    progress.show("org/model", { file: "unknown", loadedBytes: step * 10e6 });
  }
  progress.show("org/model", { file: "model.safetensors", loadedBytes: 100e6, totalBytes: 100e6 });
  return written;
}

describe("the progress of a download", () => {
  it("is a line at the beginning, every ten seconds and at the end if the output is not a terminal", () => {
    expect(downloaded({ isTTY: false })).toEqual([
      "Downloading org/model/model.safetensors: 0.0 of 100 MB\n",
      "Downloading org/model/model.safetensors: 50 of 100 MB, 5.0 MB/s\n",
      "Downloading org/model/model.safetensors: 100 of 100 MB, 5.0 MB/s\n",
    ]);
  });

  it("is one line on a terminal, which is empty in the end", () => {
    const written = downloaded({ isTTY: true });
    expect(written.filter((text) => text.includes("\n"))).toEqual([]);
    expect(written.filter((text) => text.startsWith("Downloading"))).toHaveLength(11);
    expect(written.at(-1)).toBe("\r\u001b[2K");
  });

  it("fits narrow terminals", () => {
    for (const text of downloaded({ isTTY: true, columns: 30 })) {
      if (text.startsWith("Downloading")) expect(text.length).toBeLessThan(30);
    }
  });
});
