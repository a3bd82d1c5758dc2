import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const PACKAGES = join(__dirname, "../../../packages");

/** The CommonJS files that an `exports` field leads to. */
function commonJsFiles(exports: unknown): string[] {
  if (typeof exports === "string") return exports.endsWith(".cjs") ? [exports] : [];
  return Object.values((exports ?? {}) as Record<string, unknown>).flatMap(commonJsFiles);
}

describe("CommonJS builds", () => {
  const entries = readdirSync(PACKAGES)
    .filter((name) => existsSync(join(PACKAGES, name, "package.json")))
    .flatMap((name) => {
      const { exports } = JSON.parse(readFileSync(join(PACKAGES, name, "package.json"), "utf8"));
      return [...new Set(commonJsFiles(exports))].map((file) => join(PACKAGES, name, file));
    });

  // One process for each entry takes a while.
  it("can be required entry by entry, each as the first of its package", () => {
    expect(entries.length).toBeGreaterThan(15);
    const failed = entries.flatMap((entry) => {
      const { status, stderr } = spawnSync(process.execPath, ["-e", `require(${JSON.stringify(entry)})`], {
        encoding: "utf8",
      });
      return status === 0 ? [] : [`${entry}: ${stderr}`];
    });
    expect(failed).toEqual([]);
  }, 180_000);
});
