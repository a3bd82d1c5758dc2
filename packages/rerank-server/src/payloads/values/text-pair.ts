import type { TextPair } from "@secondpass/core";
import type { Field } from "./field.js";
import { text } from "./text.js";
import { unexpected } from "./unexpected.js";

/** A pair of two strings: `[query, text]`. */
export const textPair: Field<TextPair> = {
  schema: { type: "array", items: text.schema, minItems: 2, maxItems: 2 },
  read(value, where) {
    if (!Array.isArray(value) || value.length !== 2) throw unexpected(where, "[query, text]", value);
    return [text.read(value[0], `${where}[0]`), text.read(value[1], `${where}[1]`)];
  },
};
