import type { StoreLayout } from "../layout/store-layout.js";
import { readDocstoreJson } from "./read-docstore-json.js";
import { writeDocstoreJson } from "./write-docstore-json.js";

/** LangChain.js's layout: `faiss.index` and `docstore.json`. */
export const jsonLayout: StoreLayout = {
  fileNames: () => ({ index: "faiss.index", documents: "docstore.json" }),
  advice: "`save` or LangChain.js writes such a file; `loadFromPython` looks for the other layout.",
  linkEnding: "]",
  readDocuments: readDocstoreJson,
  writeDocuments: writeDocstoreJson,
};
