import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "@jest/globals";
import { type Recipe, seededSafetensors } from "@secondpass/test-kit";
import type { PromptChoice } from "../../src/contracts/prompts.js";
import type { ChatMessage } from "../../src/inputs/chat-message.js";

interface CausalReranker {
  /** JSON or text by path; "=KEY" means a file of the golden. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly tensors: Readonly<Record<string, Recipe>>;
  readonly runs: readonly {
    readonly options: PromptChoice;
    readonly pairs: readonly (readonly [string, string])[];
    readonly logits: readonly number[];
    readonly scores: readonly number[];
  }[];
}

interface Rendering {
  readonly template: string;
  readonly messages: readonly ChatMessage[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** sentence-transformers' results for causal rerankers, and transformers' for templates (tools/oracle/causal_rerankers.py). */
export const causalRerankers: {
  readonly seed: number;
  readonly files: Readonly<Record<string, unknown>>;
  readonly models: Readonly<Record<string, CausalReranker>>;
  readonly cases: readonly Rendering[];
} = JSON.parse(readFileSync(join(__dirname, "../goldens/models/causal-rerankers.json"), "utf8"));

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/**
 * Writes a model of the golden to a new folder.
 * @param changes files to replace or add; undefined removes one
 */
export function causalRerankerFolder(name: string, changes: Readonly<Record<string, unknown>> = {}): string {
  const { files, tensors } = causalRerankers.models[name]!;
  const folder = mkdtempSync(join(tmpdir(), "secondpass-causal-"));
  folders.push(folder);
  for (const [path, given] of Object.entries({ ...files, ...changes })) {
    if (given === undefined) continue;
    const isShared = typeof given === "string" && given.startsWith("=");
    const content = isShared ? causalRerankers.files[given.slice(1)] : given;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  writeFileSync(join(folder, "model.safetensors"), seededSafetensors(tensors, causalRerankers.seed));
  return folder;
}
