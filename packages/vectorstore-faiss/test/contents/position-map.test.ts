import { describe, expect, it } from "@jest/globals";
import { workSlices } from "@secondpass/core";
import fc from "fast-check";
import { PositionMap } from "../../src/contents/position-map.js";

type Step =
  | { kind: "new" }
  | { kind: "shared"; pick: number }
  | { kind: "remove"; pick: number }
  | { kind: "compact" }
  | { kind: "moveSlots" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("new" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("shared" as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("remove" as const), pick: fc.nat() }) },
  fc.record({ kind: fc.constant("compact" as const) }),
  fc.record({ kind: fc.constant("moveSlots" as const) }),
);

describe("PositionMap", () => {
  it("maps positions to slots and back after any additions and removals", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const map = new PositionMap();
        /** The slot of each position; `undefined` for removed ones. */
        let model: (number | undefined)[] = [];
        let slots = 0;
        for (const { kind, ...rest } of steps) {
          const live = [...new Set(model.filter((slot) => slot !== undefined))];
          const picked = "pick" in rest ? live[rest.pick % Math.max(1, live.length)] : undefined;
          if (kind === "new" || (kind === "shared" && picked !== undefined)) {
            const slot = kind === "new" ? slots++ : picked!;
            map.append(slot);
            model.push(slot);
          } else if (kind === "remove" && picked !== undefined) {
            for (const position of map.positionsOf(picked)) map.markRemoved(position);
            model = model.map((slot) => (slot === picked ? undefined : slot));
          } else if (kind === "compact") {
            await map.compact(workSlices());
            model = model.filter((slot) => slot !== undefined);
          } else if (kind === "moveSlots") {
            const moved = new Uint32Array(slots);
            live
              .sort((a, b) => a - b)
              .forEach((slot, i) => {
                moved[slot] = i;
              });
            slots = live.length;
            await map.moveSlots(moved, workSlices());
            model = model.map((slot) => (slot === undefined ? undefined : moved[slot]!));
          }
        }
        expect(map.length).toBe(model.length);
        expect(map.removed).toBe(model.filter((slot) => slot === undefined).length);
        for (const [position, slot] of model.entries()) {
          expect(map.isRemoved(position)).toBe(slot === undefined);
          if (slot === undefined) continue;
          expect(map.slotAt(position)).toBe(slot);
          const positions = model.flatMap((other, i) => (other === slot ? [i] : []));
          expect(map.positionsOf(slot).sort((a, b) => a - b)).toEqual(positions);
        }
      }),
      { numRuns: 200 },
    );
  });
});
