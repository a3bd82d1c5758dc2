import { createHash } from "node:crypto";
import { fileFingerprint } from "./file-fingerprint.js";
import { filesInFolder } from "./files-in-folder.js";
import { weightFileNames } from "./find-weight-files.js";
import type { ModelFiles } from "./model-files.js";

/** Settings files that change vectors and that every load reads. Prompts are not included, because callers may choose others. */
const SETTINGS = ["config.json", "sentence_bert_config.json", "tokenizer.json", "tokenizer_config.json"];

/** ONNX files to sample if a model has no other weights, the most common first. It does not matter which of them computes. */
const ONNX = ["onnx/model.onnx", "model.onnx"];
/** Suffixes of files in which an ONNX graph keeps its weights. */
const ONNX_DATA = ["_data", ".data"];

/**
 * SHA-256 over everything that decides a model's vectors: the list of its modules, their settings, and samples of their weights. It is equal for the
 * same files, wherever they are.
 * @param files the repository's files
 * @param folders the modules' folders; "" is the root
 * @param present those of the files that are on this machine
 * @returns undefined if the model has no weights that can be read here
 * @throws ModelFileNotFoundError, ModelCacheError if a file is not on this machine
 */
export async function modelFingerprint(
  files: ModelFiles,
  folders: readonly string[],
  present: ModelFiles = files,
): Promise<string | undefined> {
  const weights = await weightPaths(files, folders);
  if (weights.length === 0) return undefined;
  const settings = [
    "modules.json",
    ...folders.flatMap((folder) => SETTINGS.map((name) => join(folder, name))),
  ];
  // BERT models without a tokenizer.json have a vocab.txt.
  const tokenizers = settings.filter((path) => path.endsWith("tokenizer.json"));
  if (!(await hasAny(files, tokenizers)))
    settings.push(...folders.map((folder) => join(folder, "vocab.txt")));
  const hash = createHash("sha256");
  for (const path of [...new Set([...settings, ...weights])].sort()) {
    if (!(await files.has(path))) continue;
    hash.update(`${path}\n${await fileFingerprint(await present.localPath(path))}\n`);
  }
  return hash.digest("hex");
}

async function weightPaths(files: ModelFiles, folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await weightFileNames(filesInFolder(files, folder));
      return names.map((name) => join(folder, name));
    }),
  );
  const names = found.flat();
  if (names.length > 0) return names;
  const graphs = (await files.list()).filter((path) => path.endsWith(".onnx"));
  const graph = ONNX.find((path) => graphs.includes(path)) ?? graphs[0];
  return graph === undefined ? [] : [graph, ...ONNX_DATA.map((ending) => graph + ending)];
}

async function hasAny(files: ModelFiles, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if (await files.has(path)) return true;
  return false;
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
