import { check, custom, type GenericSchema, lazy, pipe, string } from "valibot";
import { isRecord } from "../../json/is-record.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

/** A normalizer, pre-tokenizer or post-processor of tokenizer.json. Its other fields depend on `type`. */
export interface ComponentJson {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Schemas of kinds of components, by their `type`. */
export type ComponentKinds = Readonly<Record<string, GenericSchema>>;

/** Deepest nesting that is read; Python's reader has a limit of 128. */
const MAX_DEPTH = 100;

const ofAnyKind = objectOf({ type: string() });

/** Schema of the components of a stage. A component of a kind without a schema passes; building it throws. */
export function componentJson(kinds: () => ComponentKinds): JsonSchema<ComponentJson> {
  return pipe(
    custom<ComponentJson>(isRecord, "an object"),
    check(isShallow, `nested at most ${MAX_DEPTH} deep`),
    ofAnyKind,
    lazy((component) => {
      const { type } = component as ComponentJson;
      return (Object.hasOwn(kinds(), type) ? kinds()[type] : ofAnyKind) as GenericSchema<ComponentJson>;
    }),
  );
}

/** Whether a value is nested at most {@link MAX_DEPTH} deep. Recursion would overflow the stack on deep values. */
function isShallow(value: ComponentJson): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return true;
}
