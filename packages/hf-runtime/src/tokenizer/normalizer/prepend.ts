import type { ComponentJson } from "../json/component-json.js";
import type { NormalizerKind } from "./normalizer.js";

interface PrependJson extends ComponentJson {
  readonly prepend: string;
}

/** Puts a text in front of every text that is not empty. */
export const prepend: NormalizerKind<PrependJson> = {
  types: ["Prepend"],
  create: (json) => (text) => (text === "" ? "" : json.prepend + text),
};
