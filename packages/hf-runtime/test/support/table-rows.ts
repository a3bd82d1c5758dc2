import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SecondpassError, type TextPair } from "@secondpass/core";
import { type Recipe, seededSafetensors } from "@secondpass/test-kit";
import { exportOnnx } from "../../src/graph/export-onnx.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { loadMultiVectorEncoder } from "../../src/load-multi-vector-encoder.js";
import { loadSparseEncoder } from "../../src/load-sparse-encoder.js";
import { causalExport, sentenceExport, withPastInputs } from "./causal-export.js";
import { tensorsOf, torchFile } from "./torch-file.js";

/** A line of the table: a model, or several of one kind. */
export interface TableRow {
  readonly model: string;
  readonly type: string;
  /** Shapes of its repository; several if the line has several models. Missing if unknown. */
  readonly shapes?: readonly string[];
}

/**
 * Whether a row's model loads and computes, with the reference's numbers if there is a reference. "experimental" is "ok" for a model whose code
 * is only on the hub, and was rewritten from published facts.
 */
export type RowStatus =
  | { readonly kind: "ok" | "experimental" }
  | { readonly kind: "typed error"; readonly error: string }
  | { readonly kind: "configuration unknown" }
  | { readonly kind: "wrong"; readonly problem: string };

/** A sparse row: it is zero at all other positions. */
interface SparseRow {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/** A shape's golden (tools/oracle/model_table.py). */
interface ShapeGolden {
  readonly loader: "cross-encoder" | "encoder" | "sparse" | "late-interaction";
  readonly seed: number;
  /** JSON or text by path; "=KEY" means a file of tokenizers.json. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly tensors: Readonly<Record<string, Readonly<Record<string, Recipe>>>>;
  /** Whether its code is only on the hub, and was rewritten from published facts. */
  readonly experimental?: boolean;
  /** sentence-transformers' row for each pair or text; null if it cannot compute the model. */
  readonly cases: readonly (readonly number[] | SparseRow)[] | null;
}

const GOLDENS = join(__dirname, "../goldens/table");
const ROWS = join(__dirname, "../fixtures/model-table");
/** Largest difference from the reference in a logit. */
const LOGIT_TOLERANCE = 1e-4;
/** Smallest cosine with the reference's vector. */
const MIN_COSINE = 0.99999;

/** The inputs of model_table.py. */
const PAIRS: readonly TextPair[] = [
  ["How many people live in Berlin?", "About 3.6 million people live in the city."],
  ["How many people live in Berlin?", "The Seine runs through Paris."],
  ["Où est la gare?", "Zürich liegt am See; die Straße führt über die Brücke."],
];
const TEXTS = [PAIRS[0]![0], PAIRS[0]![1], "Windows have edges."];

/** The rows of a table, in order. */
export function tableRows(table: "rerankers" | "embedders"): readonly TableRow[] {
  return JSON.parse(readFileSync(join(ROWS, `${table}.json`), "utf8")) as TableRow[];
}

const statuses = new Map<string, Promise<RowStatus>>();

/** The worst status of a row's shapes. */
export async function statusOfRow({ shapes }: TableRow): Promise<RowStatus> {
  if (shapes === undefined) return { kind: "configuration unknown" };
  const all: RowStatus[] = [];
  for (const shape of shapes) all.push(await statusOfShape(shape));
  const worst = (["wrong", "configuration unknown", "typed error", "experimental"] as const).find((kind) =>
    all.some((one) => one.kind === kind),
  );
  return all.find((one) => one.kind === worst) ?? { kind: "ok" };
}

/**
 * Writes a repository of a shape, loads it, and computes.
 * @param name name of a golden, followed by "@" and a change of its files if the repository differs; or "config:" and a `model_type`
 */
function statusOfShape(name: string): Promise<RowStatus> {
  let status = statuses.get(name);
  if (status === undefined) {
    status = tried(name);
    statuses.set(name, status);
  }
  return status;
}

async function tried(name: string): Promise<RowStatus> {
  const scratch = mkdtempSync(join(tmpdir(), "secondpass-table-"));
  try {
    return await computed(name, scratch);
  } catch (error) {
    if (error instanceof SecondpassError) {
      return { kind: "typed error", error: `${error.name}: ${error.message}` };
    }
    return { kind: "wrong", problem: String(error) };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function computed(name: string, folder: string): Promise<RowStatus> {
  const [base = "", change] = name.split("@");
  const path = join(GOLDENS, `${base}.json`);
  const isKnown = base.startsWith("config:") || existsSync(path);
  if (!isKnown) return { kind: "configuration unknown" };
  const golden: ShapeGolden = base.startsWith("config:")
    ? configAlone(base.slice("config:".length))
    : JSON.parse(readFileSync(path, "utf8"));
  writeShape(folder, golden);
  const onnxFile = change === undefined ? undefined : await changed(folder, golden, change);
  const options = { model: folder, threads: 1, isolation: "none", onnxFile } as const;
  const rows = await rowsOf(golden, options);
  const wrong = rows.findIndex((row) => !row.every(Number.isFinite));
  if (wrong >= 0) return { kind: "wrong", problem: `not finite for input ${wrong}` };
  const loaded: RowStatus = { kind: golden.experimental ? "experimental" : "ok" };
  // Without modules.json, an embedder would compute something else.
  const isOther = change !== undefined && change !== "bin" && golden.loader === "encoder";
  if (golden.cases === null || isOther) return loaded;
  const problem = differences(golden, rows);
  return problem === undefined ? loaded : { kind: "wrong", problem };
}

async function rowsOf(
  { loader }: ShapeGolden,
  options: Parameters<typeof loadEncoder>[0],
): Promise<readonly Float32Array[]> {
  if (loader === "late-interaction") {
    await using model = await loadMultiVectorEncoder(options);
    const scores: Float32Array[] = [];
    for (const [query, text] of PAIRS) {
      const [queryVector] = await model.embed([query], { task: "query", promptName: "query" });
      const [documentVector] = await model.embed([text], { task: "document", promptName: "document" });
      scores.push(Float32Array.of(model.score(queryVector!, documentVector!)));
    }
    return scores;
  }
  if (loader === "cross-encoder") {
    await using model = await loadCrossEncoder(options);
    return await model.logits(PAIRS);
  }
  if (loader === "sparse") {
    await using model = await loadSparseEncoder(options);
    const vectors = await model.embed(TEXTS);
    return vectors.map(({ indices, values }) =>
      Float32Array.from(dense({ indices: [...indices], values: [...values] }, model.dimensions)),
    );
  }
  await using model = await loadEncoder(options);
  return await model.embed(TEXTS);
}

/**
 * Writes the repository of a shape.
 * @param config keys to replace or add in its config.json
 */
export function writeShapeNamed(
  folder: string,
  name: string,
  config: Readonly<Record<string, unknown>> = {},
): void {
  const golden: ShapeGolden = JSON.parse(readFileSync(join(GOLDENS, `${name}.json`), "utf8"));
  const own = golden.files["config.json"] as object;
  writeShape(folder, { ...golden, files: { ...golden.files, "config.json": { ...own, ...config } } });
}

/** Describes differences from the reference beyond rounding. */
function differences({ loader, cases }: ShapeGolden, rows: readonly Float32Array[]): string | undefined {
  for (const [i, given] of cases!.entries()) {
    const row = rows[i]!;
    const expected = "indices" in given ? dense(given, row.length) : given;
    if (row.length !== expected.length) return `${row.length} values instead of ${expected.length}`;
    if (loader === "encoder") {
      const near = cosine(row, expected);
      if (!(near >= MIN_COSINE)) return `text ${i} has a cosine of ${near} with the reference's`;
    } else {
      const worst = Math.max(...expected.map((value, j) => Math.abs(value - row[j]!)));
      if (!(worst <= LOGIT_TOLERANCE)) return `pair ${i} differs by ${worst} from the reference`;
    }
  }
  return undefined;
}

function dense({ indices, values }: SparseRow, width: number): number[] {
  const row = new Array<number>(width).fill(0);
  for (const [i, place] of indices.entries()) row[place] = values[i]!;
  return row;
}

function cosine(a: Float32Array, b: readonly number[]): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function writeShape(folder: string, { files, tensors, seed }: ShapeGolden): void {
  const shared = JSON.parse(readFileSync(join(GOLDENS, "tokenizers.json"), "utf8")) as {
    files: Record<string, string>;
  };
  for (const [path, given] of Object.entries(files)) {
    const isShared = typeof given === "string" && given.startsWith("=");
    const content = isShared ? shared.files[given.slice(1)] : given;
    write(folder, path, typeof content === "string" ? content : JSON.stringify(content));
  }
  for (const [path, recipes] of Object.entries(tensors))
    write(folder, path, seededSafetensors(recipes, seed));
}

function write(folder: string, path: string, content: string | Uint8Array): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

/** A repository of a kind of model without a golden, because it is not supported here. */
function configAlone(modelType: string): ShapeGolden {
  const files = { "config.json": { model_type: modelType }, "tokenizer.json": "=bert/tokenizer.json" };
  const tensors = { "model.safetensors": { "embed_tokens.weight": "0 1 4x4" } };
  return { loader: "cross-encoder", seed: 1, files, tensors, cases: null };
}

/**
 * Makes a repository with changed files.
 * @returns the option that says which ONNX file to use, if it takes one
 */
async function changed(folder: string, golden: ShapeGolden, change: string): Promise<string | undefined> {
  const weights = join(folder, "model.safetensors");
  const exported = async () => {
    const config = golden.files["config.json"] as Record<string, unknown>;
    const isCausal = (config.architectures as string[] | undefined)?.[0]?.endsWith("ForCausalLM");
    if (isCausal && golden.loader === "cross-encoder") return causalExport(config, [weights]);
    const task = golden.loader === "encoder" ? "encode" : "classify";
    return exportOnnx({ config, weightFiles: [weights], task });
  };
  switch (change) {
    case "onnx":
      write(folder, "onnx/model.onnx", await exported());
      break;
    case "onnx-file":
      write(folder, "model_optimized.onnx", await exported());
      break;
    case "onnx-sentence":
      write(folder, "onnx/model.onnx", sentenceExport());
      break;
    case "onnx-cache":
      write(folder, "onnx/model.onnx", withPastInputs(await exported()));
      break;
    case "bin":
      for (const path of Object.keys(golden.tensors)) {
        const tensors = tensorsOf(readFileSync(join(folder, path)));
        write(folder, path.replace("model.safetensors", "pytorch_model.bin"), torchFile(tensors));
        rmSync(join(folder, path));
      }
      return undefined;
    case "mecab":
      write(folder, "tokenizer_config.json", JSON.stringify({ tokenizer_class: "BertJapaneseTokenizer" }));
      rmSync(join(folder, "tokenizer.json"));
      return undefined;
    case "phobert":
      write(folder, "tokenizer_config.json", JSON.stringify({ tokenizer_class: "PhobertTokenizer" }));
      write(folder, "vocab.txt", [..."abcdefghij"].map((letter) => `${letter}@@ 2\n${letter} 1\n`).join(""));
      write(folder, "bpe.codes", "a b 2\na b</w> 1\n");
      rmSync(join(folder, "tokenizer.json"));
      return undefined;
    default:
      throw new Error(`Expected a known change of files, got "${change}"`);
  }
  rmSync(weights);
  rmSync(join(folder, "modules.json"), { force: true });
  return change === "onnx-file" ? "model_optimized.onnx" : undefined;
}
