import { describe, expect, it } from "@jest/globals";
import { randomUuid } from "../../src/io/random-uuid.js";

describe("randomUuid", () => {
  it.each([true, false])("makes different version-4 UUIDs (with crypto.randomUUID: %p)", (has) => {
    const original = crypto.randomUUID;
    if (!has) Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
    try {
      const uuids = Array.from({ length: 100 }, randomUuid);
      for (const uuid of uuids)
        expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      expect(new Set(uuids).size).toBe(100);
    } finally {
      if (!has) Object.defineProperty(crypto, "randomUUID", { value: original, configurable: true });
    }
  });
});
