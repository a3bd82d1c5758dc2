import type { ComponentJson } from "../json/component-json.js";
import { plainTemplate } from "./plain-template.js";
import type { PostProcessor } from "./post-processor.js";
import { postProcessors } from "./post-processors.js";

/**
 * Builds the post-processor of a tokenizer.json.
 * @returns undefined for a kind that is not in the list
 */
export function createPostProcessor(json: ComponentJson | null): PostProcessor | undefined {
  if (json === null) return plainTemplate;
  return postProcessors.find(({ type }) => type === json.type)?.create(json, createPostProcessor);
}
