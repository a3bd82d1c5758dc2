import { MissingWeightError } from "../../errors/missing-weight-error.js";
import { NoSafetensorsError } from "../../errors/no-safetensors-error.js";
import { WeightShapeError } from "../../errors/weight-shape-error.js";
import type { JsonSchema } from "../../json/json-schema.js";
import type { ModelFiles } from "../../model-source/model-files.js";
import { readFloat32 } from "../../safetensors/read-float32.js";
import type { TensorLocation } from "../../safetensors/tensor-location.js";
import { readWeightFile } from "../../weight-files/read-weight-file.js";

/** The weights of a module after the transformer. */
export interface ModuleWeights {
  readonly tensors: readonly TensorLocation[];
  has(name: string): boolean;
  /** @throws MissingWeightError */
  shape(name: string): readonly number[];
  /** [rows, columns] @throws MissingWeightError, WeightShapeError */
  matrixShape(name: string): readonly [rows: number, columns: number];
  /** @throws MissingWeightError, WeightShapeError */
  checkShape(name: string, expected: readonly number[]): void;
  /** Row-major. @throws MissingWeightError */
  read(name: string): Promise<Float32Array>;
  /** @throws MissingWeightError */
  location(name: string): TensorLocation;
}

/** The files of one module of a model: a folder of its repository. */
export class ModuleFiles {
  /**
   * @param repository files of the whole model
   * @param folder the module's folder; "" is the repository's root
   */
  constructor(
    readonly repository: ModelFiles,
    readonly folder: string,
  ) {}

  /**
   * Parses the module's config.json. Every repository has this file for a listed module, but a partly filled cache may lack it, and
   * defaults instead would give other vectors.
   * @param isOptional whether a missing file means {}
   * @throws ModelFileNotFoundError, MalformedModelFileError
   */
  async readConfig(schema: JsonSchema<object>, isOptional = false): Promise<object> {
    const path = this.#path("config.json");
    const json = await this.repository.readJson(path, schema);
    if (json !== undefined || isOptional) return json ?? {};
    throw await this.repository.notFound(path);
  }

  /** Opens the module's weights. @throws NoSafetensorsError if the module has no weights in a supported format */
  async openWeights(): Promise<ModuleWeights> {
    const { repository, folder } = this;
    const path = await this.#weights();
    if (path === undefined) {
      const found = (await repository.list()).filter(
        (other) => other.startsWith(this.#path("")) && /\.(bin|h5|pt)$/.test(other),
      );
      throw new NoSafetensorsError(repository.model, found, folder === "" ? undefined : folder);
    }
    const tensors = await readWeightFile(await repository.localPath(path));
    const names = tensors.map(({ name }) => name);
    const find = (name: string): TensorLocation => {
      const tensor = tensors.find((other) => other.name === name);
      if (!tensor) throw new MissingWeightError(name, [name], names);
      return tensor;
    };
    return {
      tensors,
      has: (name) => names.includes(name),
      shape: (name) => find(name).shape,
      matrixShape(name) {
        const { shape } = find(name);
        const [rows = 0, columns = 0] = shape;
        if (shape.length === 2 && rows > 0 && columns > 0) return [rows, columns];
        throw new WeightShapeError(name, "a matrix", `[${shape}]`);
      },
      checkShape(name, expected) {
        const shape = `[${find(name).shape}]`;
        if (shape !== `[${expected}]`) throw new WeightShapeError(name, `[${expected}]`, shape);
      },
      read: async (name) => readFloat32(find(name)),
      location: find,
    };
  }

  /** Path of the weights file that sentence-transformers chooses. */
  async #weights(): Promise<string | undefined> {
    for (const name of ["model.safetensors", "pytorch_model.bin"]) {
      const path = this.#path(name);
      if (await this.repository.has(path)) return path;
    }
    return undefined;
  }

  #path(name: string): string {
    return this.folder === "" ? name : `${this.folder}/${name}`;
  }
}
