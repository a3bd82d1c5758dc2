import type { ComponentJson } from "../json/component-json.js";
import { templateJson } from "./template-json.js";

type Token = readonly [token: string, id: number];

/** XLM-R's template: `<s> A </s> </s> B </s>`, all of segment 0. */
export function bosEosJson(bos: Token, eos: Token): ComponentJson {
  return templateJson([bos, "A", eos], [bos, "A", eos, eos, "B", eos]);
}
