import { readFile } from "node:fs/promises";
import type { ModelFiles } from "../model-source/model-files.js";

const FILE = "chat_template.jinja";

/**
 * Reads the source of a model's chat template: its own file, or the entry in tokenizer_config.json.
 * @param files the transformer's files
 * @param configured `chat_template` of tokenizer_config.json: one template, or several by name
 * @returns undefined if there is none
 */
export async function readChatTemplate(files: ModelFiles, configured: unknown): Promise<string | undefined> {
  if (await files.has(FILE)) return readFile(await files.localPath(FILE), "utf8");
  if (typeof configured === "string") return configured;
  if (!Array.isArray(configured)) return undefined;
  const named: unknown = configured.find((one) => one?.name === "default")?.template;
  return typeof named === "string" ? named : undefined;
}
