import { UnsupportedOutputError } from "../errors/unsupported-output-error.js";
import type { TensorPort } from "../session/inference-session.js";
import type { ModuleOutput } from "./module.js";

/** An output of a session, and the feature that it holds. */
export interface SessionOutput {
  readonly name: string;
  readonly feature: string;
}

/** Names of a whole text's vector in exports, best first. */
const VECTOR_NAMES = [
  "sentence_embedding",
  "sentence_embeddings",
  "text_embeds",
  "text_embedding",
  "dense_vecs",
  "dense_embeddings",
  "embeddings",
  "embedding",
];

/** Descriptions of features, for errors. */
const EXPECTED: Readonly<Record<string, string>> = {
  token_embeddings: "token vectors [texts, tokens, width]",
  scores: "logits [texts, labels]",
};

/**
 * Chooses the output of an ONNX file to read: the wanted feature, or a whole text's vector if the repository does not list the modules after
 * the transformer.
 * @param isLastWord whether the file may give the model's last feature, because no module is listed after the transformer
 * @throws UnsupportedOutputError if there is no such output, or several candidates
 */
export function sessionOutput(
  model: string,
  outputs: readonly TensorPort[],
  wanted: ModuleOutput,
  isLastWord: boolean,
): SessionOutput {
  const found = isLastWord ? vectorOutput(outputs) : undefined;
  if (found) return { name: found.name, feature: "sentence_embedding" };
  const output = featureOutput(outputs, wanted);
  if (output && isFloat(output)) return { name: output.name, feature: wanted.feature };
  const expected = wanted.isNamed
    ? (wanted.names?.[0] ?? "hidden_states")
    : (EXPECTED[wanted.feature] ?? wanted.feature);
  const vectors =
    wanted.feature === "token_embeddings" && isLastWord ? ` or a vector named ${VECTOR_NAMES[0]}` : "";
  throw new UnsupportedOutputError(
    model,
    `${expected}${vectors} as float32 or float16`,
    outputs.map(({ name, type, shape = [] }) => `"${name}" [${shape.join(", ")}] as ${type}`),
  );
}

function vectorOutput(outputs: readonly TensorPort[]): TensorPort | undefined {
  return VECTOR_NAMES.map((name) =>
    outputs.find((one) => one.name === name && isFloat(one) && mayHaveRank(one, [2])),
  ).find((one) => one !== undefined);
}

/** The output with a usual name, else the only one with the right shape. */
function featureOutput(
  outputs: readonly TensorPort[],
  { per, names = [], isNamed }: ModuleOutput,
): TensorPort | undefined {
  const ranks = per === "token" ? [3] : per === "text" ? [1, 2] : [1, 2, 3];
  const fitting = outputs.filter((one) => mayHaveRank(one, ranks) && isOrMayBe(one.name, names));
  const named = names
    .map((name) => fitting.find((one) => one.name === name))
    .find((one) => one !== undefined);
  if (named || isNamed) return named;
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Whether an output may be the feature by its name. Logits are not token vectors, even if there is no other output. */
function isOrMayBe(name: string, names: readonly string[]): boolean {
  return name !== "logits" || names.includes(name);
}

/** Whether an output may have one of the ranks. If the file declares no shape, it may have any. */
function mayHaveRank({ shape = [] }: TensorPort, ranks: readonly number[]): boolean {
  return shape.length === 0 || ranks.includes(shape.length);
}

function isFloat({ type }: TensorPort): boolean {
  return type === "float32" || type === "float16";
}
