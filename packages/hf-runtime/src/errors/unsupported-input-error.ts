import { SecondpassError } from "@secondpass/core";

/** Advice about inputs that exports of other kinds of models have, by the input's name. */
const ADVICE: readonly (readonly [name: RegExp, advice: string])[] = [
  [
    /^past_key_values|^use_cache_branch$|^past_/,
    "It is the export of a model that writes text, with a cache of its attention that is not one of past_key_values.N.key and .value. Export it " +
      "without one (optimum-cli export onnx --task feature-extraction), or load a repository with safetensors.",
  ],
  [
    /^decoder_/,
    "It is an encoder and a decoder in one. Export the encoder alone, or choose another file with onnxFile.",
  ],
  [
    /^task_id$|^task$/,
    "It computes for one of several tasks, which is not supported here. Load a repository with safetensors, or an export for one task.",
  ],
  [
    /^(pixel|image|audio|input_features|input_values)/,
    "It reads images or sound, and only text is read here.",
  ],
];
const USUAL_ADVICE = "Is it an encoder's export? Choose another with onnxFile.";

/** Thrown if an ONNX model declares an input that is not made of tokens, is not of integers, or has a shape that no batch of tokens has. */
export class UnsupportedInputError extends SecondpassError {
  override readonly name = "UnsupportedInputError";

  /**
   * @param type ONNX's name of the input's type, with its shape if that is the problem
   * @param supported names of inputs that can be given
   * @param advice what to do. @default the advice for inputs of this name
   */
  constructor(
    readonly input: string,
    readonly type: string,
    readonly supported: readonly string[],
    advice = ADVICE.find(([name]) => name.test(input))?.[1] ?? USUAL_ADVICE,
  ) {
    super(
      `Expected an ONNX model whose inputs are of ${supported.join(", ")} as int32 or int64, got "${input}" as ${type}. ${advice}`,
    );
  }
}
