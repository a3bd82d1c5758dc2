import type { ComponentJson } from "../json/component-json.js";
import { plainTemplate } from "./plain-template.js";
import type { PostProcessorKind } from "./post-processor.js";

interface SequenceJson extends ComponentJson {
  readonly processors?: readonly ComponentJson[] | null;
}

/** Several post-processors, of which at most one adds special tokens. */
export const sequence: PostProcessorKind<SequenceJson> = {
  type: "Sequence",
  create(json, createPart) {
    const parts = (json.processors ?? []).map((part) => createPart(part));
    const effective = parts.filter((part) => part !== plainTemplate);
    return effective.length === 0 ? plainTemplate : effective.length === 1 ? effective[0] : undefined;
  },
};
