import type { GenericSchema } from "valibot";

/** What a JSON file, or a part of one, has to be, by a valibot schema. Keys that it does not name are allowed. */
export type JsonSchema<Json> = GenericSchema<unknown, Json>;
