import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

const SCRIPT = join(__dirname, "../../check-dependencies.mjs");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dependencies-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script with a pnpm that lists these licences and gives this answer to an audit. */
function check(licences: readonly string[], audit: string) {
  const listing = Object.fromEntries(licences.map((one) => [one, [{ name: "a", versions: ["1.0.0"] }]]));
  writeFileSync(join(folder, "licenses"), JSON.stringify(listing));
  writeFileSync(join(folder, "audit"), audit);
  // The command is the first word without dashes.
  const pnpm = `#!/bin/sh\nfor word; do case "$word" in -*) ;; *) exec cat "${folder}/$word" ;; esac; done\n`;
  writeFileSync(join(folder, "pnpm"), pnpm, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { status, stdout } = spawnSync(process.execPath, [SCRIPT], { encoding: "utf8", env });
  return { status, stdout };
}

const advisory = (severity: string) => ({
  severity,
  module_name: "b",
  vulnerable_versions: "<2",
  title: "bad",
  url: "https://example.com",
});
const CLEAN = '{"advisories":{}}';

describe("check-dependencies", () => {
  it("lets permissive licences pass, also as one of several", () => {
    const { status, stdout } = check(["MIT", "(GPL-3.0 OR MIT)", "Apache-2.0 AND MIT"], CLEAN);
    expect([status, stdout]).toEqual([0, expect.stringContaining("No known faults")]);
  });

  it("fails for other licences", () => {
    const others = ["GPL-3.0", "LGPL-3.0-or-later", "Unknown", "MIT AND GPL-2.0", "(MIT AND (A OR B))"];
    const { status, stdout } = check(others, CLEAN);
    expect(status).toBe(1);
    for (const licence of others) expect(stdout).toContain(`a@1.0.0: ${licence}\n`);
  });

  it("fails for vulnerabilities of severity high and critical", () => {
    const advisories = { 1: advisory("high"), 2: advisory("low"), 3: advisory("critical") };
    const { status, stdout } = check(["MIT"], JSON.stringify({ advisories }));
    expect(status).toBe(1);
    expect(stdout.match(/b@<2: (high|critical): bad/g)).toHaveLength(2);
  });

  it("counts less severe vulnerabilities", () => {
    const { status, stdout } = check(["MIT"], JSON.stringify({ advisories: { 1: advisory("low") } }));
    expect([status, stdout]).toEqual([0, expect.stringContaining("1 lesser")]);
  });

  it.each([
    ['{"error":{"message":"responded with 405"}}', "responded with 405"],
    [" ERR_PNPM_META_FETCH_FAIL ", "ERR_PNPM_META_FETCH_FAIL"],
    ["", "pnpm audit printed nothing"],
  ])("warns if there is no answer: %s", (audit, reason) => {
    const { status, stdout } = check(["MIT"], audit);
    expect([status, stdout]).toEqual([0, expect.stringContaining(`NOT checked: ${reason}`)]);
  });
});
