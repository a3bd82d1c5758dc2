import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "@jest/globals";
import { type Recipe, seededSafetensors } from "./seeded-safetensors.js";

const TABLE = join(__dirname, "../../hf-runtime/test/goldens/table");

/** A small repository with the structure of a well-known model (tools/oracle/model_table.py), and the reference's results for it. */
export interface TableGolden {
  readonly seed: number;
  /** JSON or text by path; "=KEY" refers to a file of tokenizers.json. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly tensors: Readonly<Record<string, Readonly<Record<string, Recipe>>>>;
  readonly [fact: string]: unknown;
}

export function tableGolden(name: string): TableGolden {
  return JSON.parse(readFileSync(join(TABLE, `${name}.json`), "utf8"));
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Writes a repository of the table to a new folder. */
export function tableFolder(name: string): string {
  const { files, tensors, seed } = tableGolden(name);
  const shared = tableGolden("tokenizers").files as Readonly<Record<string, string>>;
  const folder = mkdtempSync(join(tmpdir(), "secondpass-table-"));
  folders.push(folder);
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, given] of Object.entries(files)) {
    const isShared = typeof given === "string" && given.startsWith("=");
    const content = isShared ? shared[given.slice(1)] : given;
    write(path, typeof content === "string" ? content : JSON.stringify(content));
  }
  for (const [path, recipes] of Object.entries(tensors)) write(path, seededSafetensors(recipes, seed));
  return folder;
}
