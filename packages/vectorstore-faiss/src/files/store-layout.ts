import { join } from "node:path";
import { InvalidArgumentError } from "@secondpass/faiss";

/** A folder with a store in it, in one of the two layouts. */
export interface StoreFolder {
  /** `"python"`: `index.faiss` and a pickle; `"javascript"`: `faiss.index` and JSON, as LangChain.js has it. */
  readonly format: "python" | "javascript";
  readonly directory: string;
  /** Name of Python's two files without their endings. @default "index" */
  readonly indexName?: string;
}

/** Where a store's two files are, and what helps to change both at once. */
export interface StoreLayout {
  readonly format: StoreFolder["format"];
  readonly directory: string;
  /** The index, in FAISS's own format. */
  readonly index: string;
  /** Documents and which position of the index each belongs to. */
  readonly documents: string;
  /** The files while they are written, in the same folder so that they can be renamed. */
  readonly nextIndex: string;
  readonly nextDocuments: string;
  /** Held by whoever saves. */
  readonly lock: string;
}

/** @throws InvalidArgumentError for an `indexName` that is no file name */
export function storeLayout({ format, directory, indexName = "index" }: StoreFolder): StoreLayout {
  if (indexName === "" || /[/\\]/.test(indexName)) {
    throw new InvalidArgumentError("indexName", "a file name without its ending", indexName);
  }
  const [index, documents] =
    format === "python" ? [`${indexName}.faiss`, `${indexName}.pkl`] : ["faiss.index", "docstore.json"];
  return {
    format,
    directory,
    index: join(directory, index),
    documents: join(directory, documents),
    nextIndex: join(directory, `${index}.next`),
    nextDocuments: join(directory, `${documents}.next`),
    lock: join(directory, `${index}.lock`),
  };
}
