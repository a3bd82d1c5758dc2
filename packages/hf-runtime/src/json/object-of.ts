import {
  custom,
  type GenericSchema,
  type InferInput,
  type LooseObjectSchema,
  looseObject,
  pipe,
} from "valibot";
import { isRecord } from "./is-record.js";

/** Schema of an object with the given keys. Other keys are allowed and kept. Unlike `looseObject`, it does not accept a list. */
export function objectOf<const Keys extends Readonly<Record<string, GenericSchema>>>(keys: Keys) {
  return pipe(
    custom<InferInput<LooseObjectSchema<Keys, undefined>>>(isRecord, "an object"),
    looseObject(keys),
  );
}
