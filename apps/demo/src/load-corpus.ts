import { fileURLToPath } from "node:url";
import type { Document } from "@langchain/core/documents";
import { DirectoryLoader, TextLoader } from "@secondpass/document-loaders";
import type { DemoOptions } from "./demo-options.js";
import { DemoError } from "./errors/demo-error.js";
import { stateOfTheUnion } from "./state-of-the-union.js";

/** This project's own guide; dist/cli.js and src/ are equally deep. */
const GUIDE = fileURLToPath(new URL("../../../docs/guide", import.meta.url));

/**
 * The documents that are searched: the files or folder asked for, else the preset's.
 * @throws {DemoError} if there is no text in them
 */
export async function loadCorpus(options: DemoOptions): Promise<Document[]> {
  const documents = await load(options);
  if (documents.every(({ pageContent }) => pageContent.trim() === "")) {
    const where = options.directory ?? (options.files.join(", ") || GUIDE);
    throw new DemoError(`Expected text to search, found none in ${where}.`);
  }
  return documents;
}

async function load({ files, directory, preset, encoding }: DemoOptions): Promise<Document[]> {
  if (directory !== undefined) return new DirectoryLoader(directory, { encoding }).load();
  if (files.length > 0) {
    return (await Promise.all(files.map((path) => new TextLoader(path, { encoding }).load()))).flat();
  }
  return preset === "notebook"
    ? new TextLoader(await stateOfTheUnion()).load()
    : new DirectoryLoader(GUIDE).load();
}
