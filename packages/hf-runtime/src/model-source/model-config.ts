import { ModelConfigError } from "../errors/model-config-error.js";

/** Maximum size: in the graph, sizes are 32-bit integers. */
const MAX_SIZE = 2 ** 31 - 1;

/** Maximum number of layers: several times as many as the deepest encoder has. */
export const MAX_LAYERS = 256;

/** config.json, whose values are checked as they are read. A missing or null key gives the default, as in transformers. */
export class ModelConfig {
  constructor(readonly values: Readonly<Record<string, unknown>>) {}

  has(key: string): boolean {
    return this.values[key] !== undefined && this.values[key] !== null;
  }

  number(key: string, fallback?: number): number {
    return this.#read(
      key,
      "a finite number",
      (v): v is number => typeof v === "number" && Number.isFinite(v),
      fallback,
    );
  }

  integer(key: string, fallback?: number): number {
    return this.#read(key, "an integer", (v): v is number => Number.isSafeInteger(v), fallback);
  }

  /** A size: 1 or more. */
  size(key: string, fallback?: number): number {
    const isSize = (v: unknown): v is number =>
      Number.isInteger(v) && Number(v) >= 1 && Number(v) <= MAX_SIZE;
    return this.#read(key, `an integer of at least 1 and at most ${MAX_SIZE}`, isSize, fallback);
  }

  /** A number of layers. The limit matters if layers share their weights: each becomes a part of the graph, and nothing else limits their number. */
  layers(key: string, fallback?: number): number {
    const isCount = (v: unknown): v is number =>
      Number.isInteger(v) && Number(v) >= 1 && Number(v) <= MAX_LAYERS;
    return this.#read(key, `an integer of at least 1 and at most ${MAX_LAYERS}`, isCount, fallback);
  }

  string(key: string, fallback?: string): string {
    return this.#read(key, "a string", (v): v is string => typeof v === "string", fallback);
  }

  boolean(key: string, fallback?: boolean): boolean {
    return this.#read(key, "true or false", (v): v is boolean => typeof v === "boolean", fallback);
  }

  /** @throws ModelConfigError if the value is not one of `known` */
  oneOf(key: string, known: readonly string[], fallback: string): string {
    const isKnown = (v: unknown): v is string => known.includes(v as string);
    return this.#read(key, known.map((value) => `"${value}"`).join(" or "), isKnown, fallback);
  }

  strings(key: string): readonly string[] | undefined {
    if (!this.has(key)) return undefined;
    const isStrings = (v: unknown): v is string[] =>
      Array.isArray(v) && v.every((entry) => typeof entry === "string");
    return this.#read(key, "a list of strings", isStrings);
  }

  object(key: string): ModelConfig | undefined {
    if (!this.has(key)) return undefined;
    const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && !Array.isArray(v);
    return new ModelConfig(this.#read(key, "an object", isObject));
  }

  #read<T>(key: string, expected: string, accepts: (value: unknown) => value is T, fallback?: T): T {
    const value = this.has(key) ? this.values[key] : fallback;
    if (!accepts(value)) throw new ModelConfigError(key, expected, value);
    return value;
  }
}
