import type { StoreLayout } from "../layout/store-layout.js";
import { readDocstorePickle } from "./read-docstore-pickle.js";
import { writeDocstorePickle } from "./write-docstore-pickle.js";

/** LangChain Python's layout: `index.faiss` and `index.pkl`, or another name than `index`. */
export const pickleLayout: StoreLayout = {
  fileNames: (indexName) => ({ index: `${indexName}.faiss`, documents: `${indexName}.pkl` }),
  advice:
    "`saveForPython` or LangChain Python's `save_local` writes such a file; `load` looks for the other layout.",
  linkEnding: "\n",
  readDocuments: readDocstorePickle,
  writeDocuments: writeDocstorePickle,
};
