import { readFile } from "node:fs/promises";
import type { ModelFiles } from "../model-source/model-files.js";

const FILE = "chat_template.jinja";

/**
 * Source of a model's chat template: its file, or what tokenizer_config.json has.
 * @param files the transformer's
 * @param configured `chat_template` of tokenizer_config.json: one, or several by name
 * @returns undefined if there is none
 */
export async function readChatTemplate(files: ModelFiles, configured: unknown): Promise<string | undefined> {
  if (await files.has(FILE)) return readFile(await files.localPath(FILE), "utf8");
  if (typeof configured === "string") return configured;
  if (!Array.isArray(configured)) return undefined;
  const named: unknown = configured.find((one) => one?.name === "default")?.template;
  return typeof named === "string" ? named : undefined;
}
