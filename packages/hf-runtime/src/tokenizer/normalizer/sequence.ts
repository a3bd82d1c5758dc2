import type { ComponentJson } from "../json/component-json.js";
import type { Steps } from "../steps/steps.js";
import { cuts } from "./cuts.js";
import { normalizeInSteps } from "./normalize-in-steps.js";
import type { NormalizerKind } from "./normalizer.js";

interface SequenceJson extends ComponentJson {
  readonly normalizers: readonly ComponentJson[];
}

/** Several normalizers, one after the other. */
export const sequence: NormalizerKind<SequenceJson> = {
  types: ["Sequence"],
  create(json, createPart) {
    const parts = json.normalizers.map((part) => createPart(part));
    const inSteps = function* (text: string): Steps<string> {
      let result = text;
      for (const part of parts) result = yield* normalizeInSteps(part, result);
      return result;
    };
    return Object.assign((text: string) => parts.reduce((result, part) => part(result), text), {
      canCut: parts.every(({ canCut }) => canCut) ? cuts.betweenLetters : undefined,
      inSteps,
      parts,
    });
  },
};
