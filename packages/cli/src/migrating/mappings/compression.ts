import type { Mapping } from "../contract/mapping.js";
import { editObject } from "../syntax/edit-object.js";
import { optionsOf } from "../syntax/options-of.js";
import { propertiesOf } from "../syntax/properties-of.js";
import { sameClass } from "./same-class.js";

const TO = "@secondpass/retrievers-compression";
const modulesOf = (path: string) =>
  ["langchain", "@langchain/classic"].map((name) => `${name}/retrievers/${path}`);
const RETRIEVER = modulesOf("contextual_compression");
const COMPRESSORS = modulesOf("document_compressors");
const FILTER = modulesOf("document_compressors/embeddings_filter");

/** Moves EmbeddingsFilter. `k: undefined` means no limit there, and the default of 20 here. */
const embeddingsFilter: Mapping = {
  modules: FILTER,
  name: "EmbeddingsFilter",
  to: { module: TO, name: "EmbeddingsFilter" },
  rewrite(use, change) {
    if (use.kind === "extends") return "a class extends EmbeddingsFilter, whose internal methods differ here";
    if (use.kind !== "new") return undefined;
    const options = optionsOf(use.call.getArguments()[0]);
    if (options.kind !== "object") return undefined;
    const { properties } = propertiesOf(options.object);
    if (!properties.some(({ name, value }) => name === "k" && value?.getText() === "undefined"))
      return undefined;
    change.edit(...editObject(options.object, new Map([["k", ["k: null"]]])));
    return undefined;
  },
};

/** Mappings of the second pass. A user's own compressor extends the base class of @langchain/core, and works here unchanged. */
export const compression: readonly Mapping[] = [
  sameClass({ modules: RETRIEVER, name: "ContextualCompressionRetriever", to: TO }),
  sameClass({
    modules: RETRIEVER,
    name: "ContextualCompressionRetrieverArgs",
    newName: "ContextualCompressionRetrieverFields",
    to: TO,
  }),
  sameClass({ modules: COMPRESSORS, name: "DocumentCompressorPipeline", to: TO }),
  {
    modules: COMPRESSORS,
    name: "BaseDocumentCompressor",
    to: { module: "@langchain/core/retrievers/document_compressors", name: "BaseDocumentCompressor" },
    rewrite: () => undefined,
  },
  embeddingsFilter,
  sameClass({ modules: FILTER, name: "EmbeddingsFilterParams", newName: "EmbeddingsFilterFields", to: TO }),
];
