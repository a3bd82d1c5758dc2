import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Document } from "@langchain/core/documents";
import { DirectoryLoader, TextLoader } from "@secondpass/document-loaders";
import type { DemoOptions } from "./demo-options.js";
import { DemoError } from "./errors/demo-error.js";
import { stateOfTheUnion } from "./state-of-the-union.js";

/** This project's own guide. The relative path is right from src/ and from dist/. */
const GUIDE = fileURLToPath(new URL("../../../docs/guide", import.meta.url));

/** A free text that comes with the demo. The relative path is right from src/ and from dist/. */
const KOREAN = fileURLToPath(new URL("../texts/korean-constitution.txt", import.meta.url));

/**
 * The documents that are searched: the files or folder of the options, else the preset's.
 * @throws {DemoError} if they contain no text
 */
export async function loadCorpus(options: DemoOptions): Promise<Document[]> {
  const documents = await load(options);
  if (documents.every(({ pageContent }) => pageContent.trim() === "")) {
    const kinds =
      options.directory === undefined
        ? ""
        : " In a folder, --dir reads files that end in .txt, .text, .md or .markdown.";
    throw new DemoError(`Expected text to search, found none in ${corpusOf(options)}.${kinds}`);
  }
  return documents;
}

/** The searched files or folder, as on the command line. */
export function corpusOf({ files, directory, preset }: DemoOptions): string {
  if (directory !== undefined) return resolve(directory);
  if (files.length > 0) return files.map((path) => resolve(path)).join(", ");
  if (preset === "korean") return KOREAN;
  return preset === "notebook" ? "State of the Union" : GUIDE;
}

async function load({ files, directory, preset, encoding }: DemoOptions): Promise<Document[]> {
  if (directory !== undefined) return new DirectoryLoader(directory, { encoding }).load();
  if (files.length > 0) {
    return (await Promise.all(files.map((path) => new TextLoader(path, { encoding }).load()))).flat();
  }
  if (preset === "korean") return new TextLoader(KOREAN).load();
  return preset === "notebook"
    ? new TextLoader(await stateOfTheUnion()).load()
    : new DirectoryLoader(GUIDE).load();
}
