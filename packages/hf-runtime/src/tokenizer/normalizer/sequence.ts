import type { ComponentJson } from "../json/component-json.js";
import type { NormalizerKind } from "./normalizer.js";

interface SequenceJson extends ComponentJson {
  readonly normalizers: readonly ComponentJson[];
}

/** Several normalizers, one after the other. */
export const sequence: NormalizerKind<SequenceJson> = {
  types: ["Sequence"],
  create(json, createPart) {
    const parts = json.normalizers.map((part) => createPart(part));
    return (text) => parts.reduce((result, part) => part(result), text);
  },
};
