import type { Mapping } from "../contract/mapping.js";
import { bm25Retriever } from "./bm25-retriever.js";
import { cohereRerank } from "./cohere-rerank.js";
import { compression } from "./compression.js";
import { documentLoaders } from "./document-loaders.js";
import { ensemble } from "./ensemble.js";
import { faissStore } from "./faiss-store.js";
import { huggingFaceTransformers } from "./hugging-face-transformers.js";
import { textSplitters } from "./text-splitters.js";
import { featureExtraction } from "./transformers-js/feature-extraction.js";

/** All mappings. To add a class: a file in this folder, and a line here. */
const ALL: readonly Mapping[] = [
  faissStore,
  huggingFaceTransformers,
  featureExtraction,
  cohereRerank,
  bm25Retriever,
  ...ensemble,
  ...compression,
  ...textSplitters,
  ...documentLoaders,
];

/** Mappings by module and name. */
export const MAPPINGS: ReadonlyMap<string, ReadonlyMap<string, Mapping>> = byModule();

function byModule(): Map<string, Map<string, Mapping>> {
  const modules = new Map<string, Map<string, Mapping>>();
  for (const mapping of ALL) {
    for (const module of mapping.modules) {
      const names = modules.get(module) ?? new Map<string, Mapping>();
      modules.set(module, names.set(mapping.name, mapping));
    }
  }
  return modules;
}
