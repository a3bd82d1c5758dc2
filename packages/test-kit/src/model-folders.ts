import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Tiny models of every architecture, written by tools/oracle/tiny_models.py. */
const FIXTURES = join(__dirname, "../../hf-runtime/test/fixtures/models");
/** Goldens of single modules, each with its variant of a model. */
const MODULES = join(__dirname, "../../hf-runtime/test/goldens/models/modules");

/** A variant of a tiny model, with changed files. */
export interface Variant {
  readonly name: string;
  readonly base: string;
  readonly remove?: readonly string[];
  readonly patch: Readonly<Record<string, unknown>>;
  /** Whole files, in base64. */
  readonly base64?: Readonly<Record<string, string>>;
}

/** Folders of the tiny models and their variants (tools/oracle/tiny_variants.py and the modules' goldens), which are created on demand. */
export class ModelFolders {
  #root: string | undefined;
  readonly #variants: readonly Variant[];

  constructor(variants: readonly Variant[] = readVariants()) {
    this.#variants = variants;
  }

  folder(name: string): string {
    const variant = this.#variants.find((one) => one.name === name);
    if (!variant) return join(FIXTURES, name);
    this.#root ??= mkdtempSync(join(tmpdir(), "models-"));
    const folder = join(this.#root, name);
    cpSync(join(FIXTURES, variant.base), folder, { recursive: true });
    for (const path of variant.remove ?? []) rmSync(join(folder, path), { recursive: true });
    for (const [path, change] of Object.entries(variant.patch)) {
      write(join(folder, path), JSON.stringify(mergePatch(readJson(join(folder, path)), change)));
    }
    for (const [path, content] of Object.entries(variant.base64 ?? {})) {
      write(join(folder, path), Buffer.from(content, "base64"));
    }
    return folder;
  }

  remove(): void {
    if (this.#root) rmSync(this.#root, { recursive: true });
  }
}

function readVariants(): Variant[] {
  const ofModules = readdirSync(MODULES).map((file) => readJson(join(MODULES, file)) as { variant: Variant });
  const variants = readJson(join(FIXTURES, "variants.json")) as Variant[];
  return [...variants, ...ofModules.map(({ variant }) => variant)];
}

/** Applies a JSON Merge Patch (RFC 7386). */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
