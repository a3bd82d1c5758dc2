import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { type Recipe, seededSafetensors } from "@secondpass/test-kit";
import type { GoldenBatch, GraphCase } from "./graph-case.js";

/** transformers' results for a tiny model with random weights from a seed (tools/oracle/architecture_goldens.py). */
export interface ArchitectureGolden {
  readonly config: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly tensors: Readonly<Record<string, Recipe>>;
  readonly batches: Readonly<Record<string, GoldenBatch>>;
  readonly cases: readonly GraphCase[];
  /** Buckets of T5's relative positions. */
  readonly buckets?: readonly T5Buckets[];
}

interface T5Buckets {
  readonly buckets: number;
  readonly maxDistance: number;
  readonly reach: number;
  /** Of offsets −reach … reach. */
  readonly values: readonly number[];
}

const GOLDENS = join(__dirname, "../goldens/models/architectures");

/** All goldens by the model's name. */
export const architectureGoldens: ReadonlyMap<string, ArchitectureGolden> = new Map(
  readdirSync(GOLDENS).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(join(GOLDENS, file), "utf8")) as ArchitectureGolden,
  ]),
);

let scratch: string | undefined;
afterAll(() => {
  if (scratch !== undefined) rmSync(scratch, { recursive: true });
});

/** A folder with a golden's config.json and model.safetensors, written at the first call. */
export function architectureFolder(name: string): string {
  const golden = architectureGoldens.get(name);
  if (golden === undefined) throw new Error(`There is no golden ${name} in ${GOLDENS}`);
  return seededFolder(name, golden);
}

/** A folder with such files of any model, written at the first call. */
export function seededFolder(
  name: string,
  { config, seed, tensors }: Pick<ArchitectureGolden, "config" | "seed" | "tensors">,
): string {
  scratch ??= mkdtempSync(join(tmpdir(), "secondpass-architectures-"));
  const folder = join(scratch, name);
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  writeFileSync(join(folder, "model.safetensors"), seededSafetensors(tensors, seed));
  return folder;
}
