import type { ComponentJson } from "../json/component-json.js";
import type { PatternJson } from "../json/pattern-json.js";
import { onigurumaPattern } from "../pattern/oniguruma-pattern.js";
import type { NormalizerKind } from "./normalizer.js";

interface ReplaceJson extends ComponentJson {
  readonly pattern: PatternJson;
  readonly content: string;
}

/** Replaces every match of a pattern. */
export const replace: NormalizerKind<ReplaceJson> = {
  types: ["Replace"],
  create({ pattern, content }) {
    const { String: literal } = pattern;
    if (literal !== undefined) return (text) => text.replaceAll(literal, () => content);
    const found = onigurumaPattern(pattern);
    return (text) => text.replace(found, () => content);
  },
};
