import {
  custom,
  type GenericSchema,
  type InferInput,
  type LooseObjectSchema,
  looseObject,
  pipe,
} from "valibot";
import { isRecord } from "./is-record.js";

/** Schema of an object by its keys. Other keys are allowed and kept. A list is no object, which `looseObject` takes it for. */
export function objectOf<const Keys extends Readonly<Record<string, GenericSchema>>>(keys: Keys) {
  return pipe(
    custom<InferInput<LooseObjectSchema<Keys, undefined>>>(isRecord, "an object"),
    looseObject(keys),
  );
}
