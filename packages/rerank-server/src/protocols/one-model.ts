import { RequestError } from "../errors/request-error.js";
import { MODEL_ENTRY_SCHEMA, modelEntry } from "./list-models.js";
import type { InfoRoute } from "./protocol.js";

/** One model by name or alias, as OpenAI shows it. */
export function oneModel(path: string): InfoRoute {
  return {
    path,
    summary: "One model, by its name or an alias",
    answerSchema: MODEL_ENTRY_SCHEMA,
    answer({ models }, rest) {
      const found = models.find(({ name, aliases }) => name === rest || aliases.includes(rest));
      if (found) return modelEntry(found);
      const known = models.map(({ name }) => `"${name}"`).join(", ");
      throw new RequestError("notFound", `Expected the name of a model: ${known}.`);
    },
  };
}
