import type { Mapping } from "../contract/mapping.js";
import { sameClass } from "./same-class.js";

const MODULES = ["langchain/retrievers/ensemble", "@langchain/classic/retrievers/ensemble"];
const TO = "@secondpass/retrievers-hybrid";

/** Mapping of EnsembleRetriever, which fuses as before. */
export const ensemble: readonly Mapping[] = [
  sameClass({
    modules: MODULES,
    name: "EnsembleRetriever",
    to: TO,
    remarks: ["documents have one more field, `metadata.fusion`"],
  }),
  sameClass({ modules: MODULES, name: "EnsembleRetrieverInput", newName: "EnsembleRetrieverFields", to: TO }),
];
