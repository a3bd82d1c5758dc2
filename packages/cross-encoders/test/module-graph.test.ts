import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const DIST = join(__dirname, "../dist");

/** Requires a built entry in a separate process and runs `use`. @returns the loaded files */
function loadedBy(entry: string, use = ""): string[] {
  const script = `(async () => {
    const entry = require(${JSON.stringify(join(DIST, entry))});
    ${use}
    console.log(JSON.stringify(Object.keys(require.cache)));
  })();`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" })) as string[];
}

const heavy = (files: string[]) => files.filter((file) => /onnxruntime|hf-runtime|@huggingface/.test(file));

describe("The built package", () => {
  it.each(["index.cjs", "http.cjs", "sagemaker.cjs", "ai-sdk.cjs", "huggingface.cjs"])(
    "loads neither ONNX nor tokenizers for %s",
    (entry) => {
      expect(heavy(loadedBy(entry))).toEqual([]);
    },
  );

  it("loads the runtime for the first scores of huggingface.cjs (the test can see it)", () => {
    const use = 'await new entry.HuggingFaceCrossEncoder({ model: "./none" }).load().catch(() => {});';
    expect(heavy(loadedBy("huggingface.cjs", use))).not.toEqual([]);
  });

  it("needs neither a peer nor a Node module for http.js", () => {
    const seen = new Set<string>();
    const imports = (file: string): string[] => {
      if (seen.has(file)) return [];
      seen.add(file);
      const found = [...readFileSync(join(DIST, file), "utf8").matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)];
      return found.flatMap(([, name = ""]) => (name.startsWith("./") ? imports(name.slice(2)) : [name]));
    };
    expect([...new Set(imports("http.js"))].sort()).toEqual([
      "@langchain/core/runnables",
      "@langchain/core/utils/env",
      "@secondpass/core",
    ]);
  });

  it("has one BaseCrossEncoder for all entries", () => {
    const script = `
      const { BaseCrossEncoder } = require(${JSON.stringify(join(DIST, "index.cjs"))});
      const { HuggingFaceCrossEncoder } = require(${JSON.stringify(join(DIST, "huggingface.cjs"))});
      console.log(new HuggingFaceCrossEncoder() instanceof BaseCrossEncoder);`;
    expect(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" })).toBe("true\n");
  });
});
