import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decodeMetadata } from "../../src/documents/decode-metadata.js";
import { encodeMetadata } from "../../src/documents/encode-metadata.js";

describe("saved metadata", () => {
  it("is the same after it is loaded", () => {
    const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true });
    const key = fc.oneof(fc.string(), fc.constantFrom("@", "v", "__proto__"));
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value)), (entries) => {
        const metadata = Object.fromEntries(entries);
        const again = decodeMetadata(JSON.parse(JSON.stringify(encodeMetadata(metadata))));
        // Compare texts, because in jest two invalid Dates are not equal.
        expect(fc.stringify(again)).toBe(fc.stringify(metadata));
      }),
    );
  });

  it("keeps an invalid date", () => {
    const { published } = decodeMetadata(
      JSON.parse(JSON.stringify(encodeMetadata({ published: new Date(Number.NaN) }))),
    ) as { published: Date };
    expect(published).toBeInstanceOf(Date);
    expect(published.getTime()).toBeNaN();
  });

  it("is undefined for anything else", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 300; i++) deep = [deep];
    const typed = (kind: unknown, v?: unknown) => ({ field: { "@": kind, v } });
    const wrong: unknown[] = [null, [], "text", typed("bigint", "1e9"), typed("bytes", 1), typed("map", [1])];
    for (const value of [
      ...wrong,
      typed("set"),
      typed("other"),
      typed("object", [[1]]),
      { deep },
      { "@": "date" },
    ]) {
      expect(decodeMetadata(value)).toBeUndefined();
    }
  });
});
