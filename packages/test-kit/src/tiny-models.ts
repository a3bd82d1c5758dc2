import { ModelFolders } from "./model-folders.js";

/** Options with which a tiny model starts fast: in this thread instead of a worker. */
export interface TinyModelFields {
  readonly model: string;
  readonly worker: boolean;
  readonly threads: number;
}

/**
 * Opens hf-runtime's tiny models with a package's own class, and frees all of them together.
 *
 * @example
 * const models = new TinyModels((fields: HuggingFaceEmbeddingsFields) => new HuggingFaceEmbeddings(fields));
 * afterAll(() => models.close());
 * const embeddings = models.open("bert-encoder");
 */
export class TinyModels<Fields extends object, Model extends { dispose(): Promise<void> }> {
  readonly #folders = new ModelFolders();
  readonly #opened: Model[] = [];

  constructor(private readonly create: (fields: Fields & TinyModelFields) => Model) {}

  /** Returns the path of a tiny model or of one of its variants. */
  folder(name: string): string {
    return this.#folders.folder(name);
  }

  /** Opens a model, by default in this thread. */
  open(name: string, fields?: Partial<Fields>): Model {
    const defaults: TinyModelFields = { model: this.folder(name), worker: false, threads: 1 };
    const model = this.create({ ...defaults, ...fields } as Fields & TinyModelFields);
    this.#opened.push(model);
    return model;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((model) => model.dispose()));
    this.#folders.remove();
  }
}
