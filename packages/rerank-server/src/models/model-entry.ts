import type { ServedEmbedder } from "./served-embedder.js";
import type { ServedModel } from "./served-model.js";

/** A model, or a function that loads it once the server listens. Its signal fires if the server closes first. */
export type Loadable<Model> = Model | ((signal: AbortSignal) => Promise<Model>);

interface NamedModel {
  /** Name of the model in requests and answers. @default the loaded model's own name, the last part of it if it is a folder */
  readonly name?: string;
  /** Other names of the model. @default none */
  readonly aliases?: readonly string[];
}

/** A model of a server: a reranker or an embedder. */
export type ModelEntry = NamedModel &
  (
    | { readonly reranker: Loadable<ServedModel>; readonly embedder?: undefined }
    | { readonly embedder: Loadable<ServedEmbedder>; readonly reranker?: undefined }
  );
