import { type ModelJson, modelType } from "../json/model-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { Model } from "./model.js";
import { models } from "./models.js";
import { UpstreamModel } from "./upstream-model.js";

/**
 * Builds the model of a tokenizer.json.
 * @throws the error of `@huggingface/tokenizers` if neither it nor {@link models} has the kind
 */
export async function createModel(json: ModelJson, config: TokenizerConfigJson): Promise<Model> {
  const kind = models.find(({ type }) => type === modelType(json));
  return (await kind?.create(json, config)) ?? new UpstreamModel(json, config);
}
