import { realpath } from "node:fs/promises";
import { MissingWeightError } from "../../errors/missing-weight-error.js";
import type { TensorLocation } from "../../safetensors/tensor-location.js";
import { readWeightFile } from "../../weight-files/read-weight-file.js";

/** Names of LayerNorm's weight and bias in old TensorFlow checkpoints, which some repositories still have. */
const OLD_NAMES: readonly [suffix: RegExp, old: string][] = [
  [/LayerNorm\.weight$/, "LayerNorm.gamma"],
  [/LayerNorm\.bias$/, "LayerNorm.beta"],
];

/** Renames a tensor: a pattern of the name in files, and its replacement. */
export type Rename = readonly [pattern: RegExp, replacement: string];

/** The tensors of a model in one or more files, by their names in the model's architecture. */
export class WeightStore {
  readonly #tensors: Map<string, TensorLocation>;
  readonly #prefix: string;

  private constructor(tensors: Map<string, TensorLocation>, prefix: string) {
    this.#tensors = tensors;
    this.#prefix = prefix;
  }

  /**
   * Reads the headers of all `files`, but not the weights.
   *
   * @param prefix prefix of the encoder's names in a checkpoint with a head ("bert."); a checkpoint without a head has none
   * @param renames patterns for other names of the architecture's tensors in files
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
   * Adds the tensors of another part of the model, with the part as a prefix: "2_Dense/linear.weight".
   * @param part folder of the part in the repository
   * @returns `part`
   */
  add(part: string, tensors: readonly TensorLocation[]): string {
    for (const tensor of tensors) {
      const name = `${part}/${tensor.name}`;
      this.#tensors.set(name, { ...tensor, name });
    }
    return part;
  }

  /** A tensor by name; undefined if the model has none of this name (an omitted bias, no pooler). */
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

  /** A tensor by name. @throws MissingWeightError if the model has none of this name */
  get(name: string): TensorLocation {
    const tensor = this.find(name);
    if (tensor === undefined)
      throw new MissingWeightError(name, [...this.#candidates(name)], [...this.#tensors.keys()]);
    return tensor;
  }

  /** The names in files that a name of the architecture may have, the usual one first. Made one by one, because the first is nearly always right. */
  *#candidates(name: string): Generator<string, void, undefined> {
    const prefixes = this.#prefix === "" ? [""] : [this.#prefix, ""];
    for (const prefix of prefixes) yield prefix + name;
    for (const [suffix, old] of OLD_NAMES)
      if (suffix.test(name)) for (const prefix of prefixes) yield prefix + name.replace(suffix, old);
  }
}
