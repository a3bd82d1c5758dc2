import { array, string } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";
import { type ComponentJson, type ComponentKinds, componentJson } from "./component-json.js";
import { patternJson } from "./pattern-json.js";

const { flag, text } = fields;

/** Schema of a normalizer of tokenizer.json. */
export const normalizerJson: JsonSchema<ComponentJson> = componentJson(() => KINDS);

const KINDS: ComponentKinds = {
  Sequence: objectOf({ normalizers: array(normalizerJson) }),
  BertNormalizer: objectOf({
    clean_text: flag,
    handle_chinese_chars: flag,
    strip_accents: flag,
    lowercase: flag,
  }),
  Precompiled: objectOf({ precompiled_charsmap: text }),
  Prepend: objectOf({ prepend: string() }),
  Replace: objectOf({ pattern: patternJson, content: string() }),
  Strip: objectOf({ strip_left: flag, strip_right: flag }),
};
