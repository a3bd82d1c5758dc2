import type { ComponentJson } from "../json/component-json.js";
import { templateJson } from "./template-json.js";

type Token = readonly [token: string, id: number];

/** BERT's template: `[CLS] A [SEP] B [SEP]`, the second text as segment 1. */
export function clsSepJson(cls: Token, sep: Token): ComponentJson {
  return templateJson([cls, "A", sep], [cls, "A", sep, "B:1", [...sep, 1]]);
}
