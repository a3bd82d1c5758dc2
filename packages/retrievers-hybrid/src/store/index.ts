export type { HybridRetriever, HybridRetrieverOptions } from "./hybrid-retriever.js";
export { HybridStore } from "./hybrid-store.js";
export type {
  HybridLoadOptions,
  HybridMode,
  HybridSearchOptions,
  HybridStoreOptions,
} from "./hybrid-store-options.js";
export type { HybridFound } from "./search-both.js";
