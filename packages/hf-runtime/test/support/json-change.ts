import * as fc from "fast-check";

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1, 0.5, 1e9, 2 ** 31, 2 ** 53, 1e308),
  fc.constantFrom<unknown>("", "x", "1", "NaN", "../../x", "__proto__", "constructor", "x".repeat(10_000)),
  fc.constantFrom<unknown>([], [null], [[]], {}, { a: null }, { constructor: 1 }),
  fc
    .integer({ min: 1, max: 300 })
    .map((depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown),
  fc.jsonValue({ maxDepth: 2 }),
);

export type JsonChange =
  | { readonly place: number; readonly value: unknown }
  | { readonly place: number; readonly removed: true }
  | { readonly at: number; readonly bytes: Uint8Array };

/** A change of a JSON file: another value somewhere, a removed entry, or some changed bytes. */
export const jsonChange = fc.oneof(
  { weight: 8, arbitrary: fc.record({ place: fc.nat(), value: oddValue }) },
  { weight: 2, arbitrary: fc.record({ place: fc.nat(), removed: fc.constant(true as const) }) },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(), bytes: fc.uint8Array({ maxLength: 4 }) }) },
) as fc.Arbitrary<JsonChange>;

type Keys = readonly string[];

/** Paths of all values in a JSON value. Of a long vocabulary or list, only the first few entries are included. */
function places(value: unknown, at: Keys = []): Keys[] {
  if (typeof value !== "object" || value === null) return [at];
  const keys = Object.keys(value).slice(0, 20);
  return [at, ...keys.flatMap((key) => places((value as Record<string, unknown>)[key], [...at, key]))];
}

/** The file after a change. */
export function changedJson(bytes: Buffer, change: JsonChange): string | Uint8Array {
  if ("at" in change) {
    const at = change.at % bytes.length;
    return Buffer.concat([bytes.subarray(0, at), change.bytes, bytes.subarray(at + change.bytes.length)]);
  }
  const json = JSON.parse(bytes.toString()) as Record<string, unknown>;
  const all = places(json);
  const keys = all[change.place % all.length]!;
  const parent = keys.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, json);
  const key = keys.at(-1);
  if (key === undefined) return JSON.stringify("removed" in change ? {} : change.value);
  if (!("removed" in change)) parent[key] = change.value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return JSON.stringify(json);
}
