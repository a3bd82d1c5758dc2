import { array, check, nullish, picklist, pipe, string } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";
import { type ComponentJson, type ComponentKinds, componentJson } from "./component-json.js";
import { patternJson } from "./pattern-json.js";

const { flag, text, wholeSize } = fields;

const BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"];
const behavior = picklist(BEHAVIORS, `one of ${BEHAVIORS.join(", ")}`);
const character = pipe(
  string(),
  check((text) => [...text.slice(0, 3)].length === 1, "one character"),
);
const scheme = nullish(picklist(["always", "first", "never"], "always, first or never"));

/** Schema of a pre-tokenizer of tokenizer.json. */
export const preTokenizerJson: JsonSchema<ComponentJson> = componentJson(() => KINDS);

const KINDS: ComponentKinds = {
  Sequence: objectOf({ pretokenizers: array(preTokenizerJson) }),
  ByteLevel: objectOf({ add_prefix_space: flag, use_regex: flag }),
  CharDelimiterSplit: objectOf({ delimiter: character }),
  Digits: objectOf({ individual_digits: flag }),
  FixedLength: objectOf({ length: wholeSize }),
  Metaspace: objectOf({
    replacement: nullish(character),
    prepend_scheme: scheme,
    add_prefix_space: flag,
    split: flag,
  }),
  Punctuation: objectOf({ behavior: nullish(behavior) }),
  Replace: objectOf({ pattern: nullish(patternJson), content: text }),
  Split: objectOf({ pattern: patternJson, behavior, invert: flag }),
};
