import { ModelFolders } from "./model-folders.js";

/** Options that make a tiny model start fast: in this thread instead of a worker. */
export interface TinyModelFields {
  readonly model: string;
  readonly worker: boolean;
  readonly threads: number;
}

/**
 * hf-runtime's tiny models, opened by a package's own class and all freed at once.
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

  /** Path of a tiny model or of one of its variants. */
  folder(name: string): string {
    return this.#folders.folder(name);
  }

  /** In this thread, unless `fields` say otherwise. */
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
