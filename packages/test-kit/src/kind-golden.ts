import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "@jest/globals";
import { safetensorsFile } from "./safetensors-file.js";
import { type Recipe, seeded } from "./seeded-safetensors.js";

const GOLDENS = join(__dirname, "../../hf-runtime/test/goldens/models/kinds");

/** A row of float32 numbers in base64; of a sparse vector, its values and their indices. */
export type PackedRow = string | { readonly indices: string; readonly values: string };

interface Integers {
  readonly dtype: "I64";
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface KindModel {
  /** JSON or text by path; "=KEY" refers to a shared file of the golden. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly tensors: Readonly<Record<string, Readonly<Record<string, Recipe | Integers>>>>;
  readonly runs: readonly {
    readonly task: "query" | "document" | null;
    readonly options: {
      readonly prompt?: string;
      readonly promptName?: string;
      readonly maxActiveDims?: number;
    };
    readonly rows: readonly PackedRow[];
  }[];
  /** [queries, documents] of the first two texts and all. */
  readonly similarity?: readonly (readonly number[])[];
}

/** Results of sentence-transformers for models of one of its classes (tools/oracle/model_kinds.py). */
export interface KindGolden {
  readonly seed: number;
  readonly files: Readonly<Record<string, unknown>>;
  readonly models: Readonly<Record<string, KindModel>>;
  /** The texts. */
  readonly cases: readonly string[];
}

export function kindGolden(name: "embedders" | "sparse" | "multi-vector"): KindGolden {
  return JSON.parse(readFileSync(join(GOLDENS, `${name}.json`), "utf8"));
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/**
 * Writes a model of a golden to a new folder.
 * @param changes files to replace or add; undefined leaves one out
 */
export function kindFolder(
  golden: KindGolden,
  name: string,
  changes: Readonly<Record<string, unknown>> = {},
): string {
  const { files, tensors } = golden.models[name]!;
  const folder = mkdtempSync(join(tmpdir(), "secondpass-kind-"));
  folders.push(folder);
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, names] of Object.entries(tensors)) write(path, safetensorsOf(names, golden.seed));
  for (const [path, given] of Object.entries({ ...files, ...changes })) {
    if (given === undefined) rmSync(join(folder, path), { force: true });
    else if (given instanceof Uint8Array) write(path, given);
    else {
      const isShared = typeof given === "string" && given.startsWith("=");
      const content = isShared ? golden.files[given.slice(1)] : given;
      write(path, typeof content === "string" ? content : JSON.stringify(content));
    }
  }
  return folder;
}

/** Makes a safetensors file of random or given tensors. */
export function safetensorsOf(
  tensors: Readonly<Record<string, Recipe | Integers>>,
  seed: number,
): Uint8Array {
  return safetensorsFile(
    Object.entries(tensors).map(([name, made]) => {
      if (typeof made !== "string") return { name, ...made, values: BigInt64Array.from(made.values, BigInt) };
      return { name, dtype: "F32", ...seeded(name, seed, made) };
    }),
  );
}

/** Decodes the numbers of a packed row. */
export function unpacked(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, "base64")).buffer);
}
