import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { sha256 } from "../../src/io/sha256.js";
import { sha256InJavascript } from "../../src/io/sha256-in-javascript.js";

describe.each([
  ["by OpenSSL", sha256],
  ["in JavaScript", sha256InJavascript],
])("SHA-256 %s", (_title, create) => {
  it("equals OpenSSL's for any split into pieces, and can be read at any time", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
        const [hash, expected] = [create(), createHash("sha256")];
        for (const piece of pieces) {
          hash.update(piece);
          expected.update(piece);
          expect(hash.digest()).toBe(expected.copy().digest("hex"));
        }
      }),
    );
  });

  it("hashes more than it buffers: a megabyte", () => {
    const bytes = Uint8Array.from({ length: 1_000_003 }, (_, i) => i * 7);
    const hash = create();
    hash.update(bytes.subarray(0, 77));
    hash.update(bytes.subarray(77));
    expect(hash.digest()).toBe(createHash("sha256").update(bytes).digest("hex"));
  });
});
