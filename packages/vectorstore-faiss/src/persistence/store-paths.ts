import { join } from "node:path";
import { InvalidArgumentError } from "@secondpass/faiss";
import type { StoreLayout } from "./layout/store-layout.js";
import { LAYOUTS, type LayoutName } from "./layouts.js";

/** A folder with a store in it. */
export interface StoreFolder {
  readonly layout: LayoutName;
  readonly directory: string;
  /** Name of the two files without their endings, if the layout lets the caller choose it. @default "index" */
  readonly indexName?: string;
}

/** The paths of a store's two files and of its lock file. */
export interface StorePaths {
  readonly layout: StoreLayout;
  readonly directory: string;
  /** The index, in FAISS's own format. */
  readonly index: string;
  /** The documents, and the positions of the index that belong to each. */
  readonly documents: string;
  /** The lock file, held during a save. */
  readonly lock: string;
}

/** The paths of a store in a folder. @throws InvalidArgumentError for an invalid `indexName` or `directory` */
export function storePaths({ layout: name, directory, indexName = "index" }: StoreFolder): StorePaths {
  if (indexName === "" || /[/\\\0]/.test(indexName)) {
    throw new InvalidArgumentError("indexName", "a file name without its ending", indexName);
  }
  if (typeof directory !== "string" || directory.includes("\0")) {
    throw new InvalidArgumentError("directory", "the path of a folder", directory);
  }
  const layout = LAYOUTS[name];
  const { index, documents } = layout.fileNames(indexName);
  return {
    layout,
    directory,
    index: join(directory, index),
    documents: join(directory, documents),
    lock: join(directory, `${index}.lock`),
  };
}
