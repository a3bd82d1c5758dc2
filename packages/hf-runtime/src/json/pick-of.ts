import { custom, type GenericSchema, type InferInput, type ObjectSchema, object, pipe } from "valibot";
import { isRecord } from "./is-record.js";

/** Schema of an object that keeps only the given keys, for content that is written again. Other keys may have any values. */
export function pickOf<const Keys extends Readonly<Record<string, GenericSchema>>>(keys: Keys) {
  return pipe(custom<InferInput<ObjectSchema<Keys, undefined>>>(isRecord, "an object"), object(keys));
}
