import { ModelFolders } from "@secondpass/test-kit";
import { HuggingFaceEmbeddings, type HuggingFaceEmbeddingsFields } from "../src/index.js";

/** Embeddings over hf-runtime's tiny models, all freed at once. */
export class TinyModels {
  readonly #folders = new ModelFolders();
  readonly #opened: HuggingFaceEmbeddings[] = [];

  /** Path of a tiny model or of one of its variants. */
  folder(name: string): string {
    return this.#folders.folder(name);
  }

  /** In this thread, which starts faster than a worker, unless `fields` say otherwise. */
  open(name: string, fields: HuggingFaceEmbeddingsFields = {}): HuggingFaceEmbeddings {
    const model = new HuggingFaceEmbeddings({
      model: this.folder(name),
      worker: false,
      threads: 1,
      ...fields,
    });
    this.#opened.push(model);
    return model;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((model) => model.dispose()));
    this.#folders.remove();
  }
}

/** Largest difference of an element from PyTorch float32, where sums run in another order; worst seen 1.3e-6. */
export const FLOAT32_TOLERANCE = 2e-6;
