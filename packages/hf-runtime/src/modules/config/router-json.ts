import { nullish } from "valibot";
import { fields } from "../../json/fields.js";
import type { JsonSchema } from "../../json/json-schema.js";
import { mapOf } from "../../json/map-of.js";
import { objectOf } from "../../json/object-of.js";

/** `router_config.json` of a Router, or `config.json` of an Asym, as it was called before sentence-transformers 5. */
export interface RouterJson {
  /** Python's class path of each module, by its folder inside the Router's folder. */
  readonly types: Readonly<Record<string, string>>;
  /** Folders of each route's modules, in order. */
  readonly structure: Readonly<Record<string, readonly string[]>>;
  readonly parameters?: {
    readonly default_route?: string | null;
    readonly allow_empty_key?: boolean | null;
    /** Routes by "(task, kind of input)", in Python's notation. */
    readonly route_mappings?: Readonly<Record<string, string>> | null;
  } | null;
}

const { flag, isText, text } = fields;
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

/** Schema of {@link RouterJson}. */
export const routerJson: JsonSchema<RouterJson> = objectOf({
  types: mapOf(isText, { whole: "an object that has the type of each module", item: "a string" }),
  structure: mapOf(isTexts, {
    whole: "an object that has the modules of each route",
    item: "a list of strings",
  }),
  parameters: nullish(
    objectOf({
      default_route: text,
      allow_empty_key: flag,
      route_mappings: nullish(
        mapOf(isText, { whole: "an object that has the route of each task and input", item: "a string" }),
      ),
    }),
  ),
});
