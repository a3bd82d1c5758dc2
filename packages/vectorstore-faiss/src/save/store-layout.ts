import { join } from "node:path";
import { InvalidArgumentError } from "../index/invalid-argument-error.js";

/** Where a store's two files are, and what helps to change both at once. */
export interface StoreLayout {
  /** `"python"`: the documents are a pickle; `"javascript"`: JSON. */
  readonly format: "python" | "javascript";
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

/** LangChain.js's files: `faiss.index` and `docstore.json`. */
export function javascriptLayout(directory: string): StoreLayout {
  return layout("javascript", directory, "faiss.index", "docstore.json");
}

/** LangChain Python's files: `index.faiss` and `index.pkl`, or another name than `index`. */
export function pythonLayout(directory: string, indexName = "index"): StoreLayout {
  if (indexName === "" || /[/\\]/.test(indexName)) {
    throw new InvalidArgumentError("indexName", "a file name without its ending", indexName);
  }
  return layout("python", directory, `${indexName}.faiss`, `${indexName}.pkl`);
}

function layout(
  format: StoreLayout["format"],
  directory: string,
  index: string,
  documents: string,
): StoreLayout {
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
