import { checkDimensions } from "./check-dimensions.js";
import { checkPromptName } from "./check-prompt-name.js";
import type { EmbeddingRequest } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import { unitVector } from "./unit-vector.js";
import { flag } from "./values/flag.js";
import { JsonText } from "./values/json-text.js";
import { listSchema, NUMBER } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { text } from "./values/text.js";
import { textOrList } from "./values/text-or-list.js";
import { readTruncation, TRUNCATION } from "./values/truncation.js";
import { wholeNumber } from "./values/whole-number.js";
import { vectorTexts } from "./vector-texts.js";

/** Text Embeddings Inference's embed: `{inputs: text or [text, …], normalize, prompt_name}` → `[[number, …], …]`, also for one text. */
export const teiEmbed = payloadOf({
  name: "tei_embed",
  example: '{"inputs": [text, …]}',
  needs: "embedder",
  misfit: "backend",
  matches: ({ inputs }, usual) => {
    const isTexts =
      typeof inputs === "string" ||
      (Array.isArray(inputs) && inputs.every((each) => typeof each === "string"));
    return usual === "embedder" ? isTexts : isTexts && !(Array.isArray(inputs) && inputs.length === 2);
  },
  shape: shape({
    inputs: textOrList,
    normalize: optional(flag, true),
    prompt_name: optional(text),
    dimensions: optional(wholeNumber(1)),
    ...TRUNCATION,
  }),
  answerSchema: listSchema(listSchema(NUMBER)),
  read(values, facts): EmbeddingRequest {
    const dimensions = checkDimensions(values.dimensions, "dimensions", facts);
    return {
      kind: "embed",
      texts: [values.inputs].flat(),
      ...readTruncation(values),
      normalize: values.normalize ? true : undefined,
      promptName: checkPromptName(values.prompt_name, "prompt_name", facts),
      async answer(vectors) {
        const cut = dimensions === undefined ? vectors : vectors.map((vector) => vector.slice(0, dimensions));
        const scaled = dimensions !== undefined && values.normalize ? cut.map(unitVector) : cut;
        return new JsonText(`[${(await vectorTexts(scaled, "float")).join()}]`);
      },
    };
  },
});
