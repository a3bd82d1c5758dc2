import { custom, type GenericSchema, type InferInput, type ObjectSchema, object, pipe } from "valibot";
import { isRecord } from "./is-record.js";

/** Schema of an object of which only these keys are kept: for what is written again, where other keys may hold anything. */
export function pickOf<const Keys extends Readonly<Record<string, GenericSchema>>>(keys: Keys) {
  return pipe(custom<InferInput<ObjectSchema<Keys, undefined>>>(isRecord, "an object"), object(keys));
}
