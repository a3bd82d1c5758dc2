import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The cases of a golden file. */
export function readGolden<Case>(name: string): Case[] {
  return readGoldenFacts<{ cases: Case[] }>(name).cases;
}

/** The whole content of a golden file. */
export function readGoldenFacts<Facts>(name: string): Facts {
  return JSON.parse(readFileSync(join(__dirname, "goldens", `${name}.json`), "utf8"));
}

/** Decodes base64, in which goldens have bytes. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "base64"));
}
