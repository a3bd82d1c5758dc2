import { PythonValue } from "../../documents/metadata/python-value.js";
import type { PickleBudget } from "./values/pickle-budget.js";
import { PythonDataError } from "./values/python-data-error.js";
import { PythonDict } from "./values/python-dict.js";
import { PythonGlobal } from "./values/python-global.js";
import { PythonInstance } from "./values/python-instance.js";

/** The modules of Document in all versions of LangChain. */
const DOCUMENT_MODULES = [
  "langchain_core.documents.base",
  "langchain_core.documents",
  "langchain.schema.document",
  "langchain.schema.base",
  "langchain.schema",
  "langchain.docstore.document",
];

const DOCSTORE_MODULES = [
  "langchain_community.docstore.in_memory",
  "langchain_classic.docstore.in_memory",
  "langchain.docstore.in_memory",
];

/** faiss has one module for each instruction set it was compiled for. */
const FAISS_MODULE = /^faiss\.swigfaiss(_\w+)?$/;

/** Called with each document when its state is complete. @returns the value that replaces it in the pickle, or a promise of it */
export type OnDocument = (pageContent: string, metadata: unknown) => unknown;

/** The docstore and document classes of all versions of LangChain. */
export function langchainGlobals(budget: PickleBudget, onDocument: OnDocument): PythonGlobal[] {
  const readState = (state: unknown): unknown => {
    const fields = fieldsOf(state, budget);
    const pageContent = fields.get("page_content", budget);
    if (typeof pageContent !== "string") throw new PythonDataError("it has a Document without page_content");
    return onDocument(pageContent, fields.get("metadata", budget) ?? new PythonDict());
  };
  return [
    ...DOCUMENT_MODULES.map((module) => {
      return new PythonGlobal(`${module}.Document`, () => new PythonInstance("Document", readState));
    }),
    ...DOCSTORE_MODULES.map((module) => {
      return new PythonGlobal(
        `${module}.InMemoryDocstore`,
        () => new PythonInstance("InMemoryDocstore", (state) => dictOf(state, budget)),
      );
    }),
  ];
}

/** One of faiss's index classes, whose state is the index file's bytes. `undefined` for other names. */
export function faissGlobal(module: string, name: string, budget: PickleBudget): PythonGlobal | undefined {
  if (!FAISS_MODULE.test(module) || !/^Index\w*$/.test(name)) return undefined;
  return new PythonGlobal(`${module}.${name}`, () => {
    return new PythonInstance("faiss.Index", (state) => {
      const bytes = state instanceof PythonDict ? state.get("this", budget) : undefined;
      if (bytes instanceof PythonValue && bytes.is("bytes")) return bytes.payload;
      throw new PythonDataError("it has a faiss index without bytes");
    });
  });
}

/** The fields of a document. Pydantic 1 and 2 keep them in `__dict__`; before pydantic, the state was the fields themselves. */
function fieldsOf(state: unknown, budget: PickleBudget): PythonDict {
  const outer = dictState(state);
  const inner = outer.get("__dict__", budget);
  return inner instanceof PythonDict ? inner : outer;
}

function dictOf(state: unknown, budget: PickleBudget): unknown {
  const dict = dictState(state).get("_dict", budget);
  if (dict instanceof PythonDict) return dict;
  throw new PythonDataError("it has a docstore without documents");
}

function dictState(state: unknown): PythonDict {
  if (state instanceof PythonDict) return state;
  throw new PythonDataError("it has an object whose state is not a dict");
}
