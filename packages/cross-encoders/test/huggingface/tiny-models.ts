import { ModelFolders } from "@secondpass/test-kit";
import { HuggingFaceCrossEncoder, type HuggingFaceCrossEncoderFields } from "../../src/huggingface/index.js";

/** Cross-encoders over hf-runtime's tiny models, all freed at once. */
export class TinyModels {
  readonly #folders = new ModelFolders();
  readonly #opened: HuggingFaceCrossEncoder[] = [];

  /** Path of a tiny model or of one of its variants. */
  folder(name: string): string {
    return this.#folders.folder(name);
  }

  /** In this thread, which starts faster than a worker, unless `fields` say otherwise. */
  open(name: string, fields: HuggingFaceCrossEncoderFields = {}): HuggingFaceCrossEncoder {
    const model = new HuggingFaceCrossEncoder({
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

/** Largest difference from PyTorch float32, where sums run in another order; worst seen 1.5e-6, of a score of 2. */
export const FLOAT32_TOLERANCE = 2e-6;
