import { realpath } from "node:fs/promises";
import { MissingWeightError } from "../../errors/missing-weight-error.js";
import type { TensorLocation } from "../../safetensors/tensor-location.js";
import { readWeightFile } from "../../weight-files/read-weight-file.js";

/** The old TensorFlow checkpoints' names for LayerNorm's weight and bias, still found in repositories. */
const OLD_NAMES: readonly [suffix: RegExp, old: string][] = [
  [/LayerNorm\.weight$/, "LayerNorm.gamma"],
  [/LayerNorm\.bias$/, "LayerNorm.beta"],
];

/** What a name that files have for a tensor becomes. */
export type Rename = readonly [pattern: RegExp, replacement: string];

/** The tensors of a model, by the names that its architecture has for them, wherever in one or more files they lie. */
export class WeightStore {
  readonly #tensors: Map<string, TensorLocation>;
  readonly #prefix: string;

  private constructor(tensors: Map<string, TensorLocation>, prefix: string) {
    this.#tensors = tensors;
    this.#prefix = prefix;
  }

  /**
   * Reads the headers of all `files`; the weights themselves stay where they are.
   *
   * @param prefix what a checkpoint with a head puts before the encoder's names ("bert."); without a head it is absent
   * @param renames other names that files have for an architecture's tensors
   */
  static async open(
    files: readonly string[],
    prefix: string,
    renames: readonly Rename[] = [],
  ): Promise<WeightStore> {
    const tensors = new Map<string, TensorLocation>();
    for (const file of files) {
      for (const tensor of await readWeightFile(await realpath(file))) {
        const name = renames.reduce((renamed, [pattern, to]) => renamed.replace(pattern, to), tensor.name);
        tensors.set(name, tensor);
      }
    }
    return new WeightStore(tensors, prefix);
  }

  /**
   * Adds the tensors of another part of the model under names of their own: "2_Dense/linear.weight".
   * @param part folder of the part in the repository
   * @returns the part
   */
  add(part: string, tensors: readonly TensorLocation[]): string {
    for (const tensor of tensors) {
      const name = `${part}/${tensor.name}`;
      this.#tensors.set(name, { ...tensor, name });
    }
    return part;
  }

  /** The tensor, or undefined where the model has none of this name (a bias left out, an absent pooler). */
  find(name: string): TensorLocation | undefined {
    for (const candidate of this.#candidates(name)) {
      const tensor = this.#tensors.get(candidate);
      if (tensor !== undefined) return tensor;
    }
    return undefined;
  }

  /** Names of all tensors. */
  names(): readonly string[] {
    return [...this.#tensors.keys()];
  }

  /** @throws MissingWeightError */
  get(name: string): TensorLocation {
    const tensor = this.find(name);
    if (tensor === undefined)
      throw new MissingWeightError(name, this.#candidates(name), [...this.#tensors.keys()]);
    return tensor;
  }

  #candidates(name: string): string[] {
    const names = OLD_NAMES.filter(([suffix]) => suffix.test(name)).map(([suffix, old]) =>
      name.replace(suffix, old),
    );
    return [name, ...names].flatMap((n) => (this.#prefix === "" ? [n] : [this.#prefix + n, n]));
  }
}
