import { custom, pipe, rawCheck } from "valibot";
import type { Expected } from "./map-of.js";

/** Schema of a list that may be long. It checks all items in one loop, as {@link mapOf} does. */
export function listOf<Item>(accepts: (value: unknown) => value is Item, expected: Expected) {
  return pipe(
    custom<readonly Item[]>(Array.isArray, expected.whole),
    rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const list: readonly unknown[] = dataset.value;
      const key = list.findIndex((item) => !accepts(item));
      if (key < 0) return;
      const value = list[key];
      const path = [{ type: "array", origin: "value", input: [...list], key, value }] as const;
      addIssue({ message: expected.item, input: value, path: [...path] });
    }),
  );
}
