import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { IdTable } from "../../src/documents/id-table.js";

const id = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.integer({ min: 0, max: 50 }).map(String),
  fc.constantFrom("", "é", "🍐", "\ud83c", "\udf50", "\ud83c\udf50", "\ufffd", "id-1", "id-10", "__proto__"),
);

describe("IdTable", () => {
  it("agrees with a Map after any additions and removals", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), id), { maxLength: 300 }), (steps) => {
        const table = new IdTable();
        const map = new Map<string, number>();
        let slots = 0;
        for (const [add, key] of steps) {
          if (add && !map.has(key)) {
            map.set(key, slots);
            table.set(slots++, key);
          } else if (!add && map.has(key)) {
            table.delete(map.get(key)!);
            map.delete(key);
          }
          expect(table.slotOf(key)).toBe(map.get(key));
        }
        expect(table.size).toBe(map.size);
        for (const [key, slot] of map) expect([table.slotOf(key), table.idAt(slot)]).toEqual([slot, key]);
      }),
    );
  });

  it("finds each of many ids, also after half of them are removed", () => {
    const table = new IdTable();
    const count = 30_000;
    for (let slot = 0; slot < count; slot++) table.set(slot, `id-${slot}`);
    for (let slot = 0; slot < count; slot += 2) table.delete(slot);
    table.delete(0);
    expect(table.size).toBe(count / 2);
    for (let slot = 0; slot < count; slot++) {
      expect(table.slotOf(`id-${slot}`)).toBe(slot % 2 === 0 ? undefined : slot);
      expect(table.hasIdAt(slot)).toBe(slot % 2 === 1);
    }
    expect(table.idAt(count + 7)).toBeUndefined();
  });
});
