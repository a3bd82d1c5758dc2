import type { ComponentJson } from "./json/component-json.js";
import { type TemplatePart, templateJson } from "./tokenizer-class/template-json.js";

type Token = readonly [token: string, id: number];

/** transformers' template of `add_bos_token` and `add_eos_token`: the tokens around each text, those of the second as segment 1. */
export function boundaryTemplate(bos: Token | undefined, eos: Token | undefined): ComponentJson {
  const before = bos ? [bos] : [];
  const after = eos ? [eos] : [];
  const second = (tokens: readonly Token[]) => tokens.map((token): TemplatePart => [...token, 1]);
  const single: TemplatePart[] = [...before, "A", ...after];
  return templateJson(single, [...single, ...second(before), "B:1", ...second(after)]);
}
