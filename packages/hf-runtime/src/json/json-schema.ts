import type { GenericSchema } from "valibot";

/** A valibot schema of a JSON file or a part of it. Keys that it does not name are allowed. */
export type JsonSchema<Json> = GenericSchema<unknown, Json>;
