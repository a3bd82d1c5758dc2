import { describe, expect, it } from "@jest/globals";
import { debertaBucket } from "../../../src/graph/layers/deberta-bucket.js";
import { MPNET_REACH, mpnetBucket } from "../../../src/graph/layers/mpnet-bucket.js";
import { relativeBucket } from "../../../src/graph/layers/relative-bucket.js";
import { architectureGoldens } from "../../support/architecture-goldens.js";
import { golden } from "../run-graph.js";

const numbers = (reach: number, of: (offset: number) => number) =>
  Array.from({ length: 2 * reach + 1 }, (_, i) => of(i - reach));

describe("Relative positions", () => {
  it("fall into MPNet's buckets as in Python", () => {
    const { reach, values } = golden.buckets.mpnet;
    expect(numbers(reach, mpnetBucket)).toEqual(values);
  });

  it("stay in MPNet's last bucket beyond its reach", () => {
    const { reach, values } = golden.buckets.mpnet;
    expect(reach).toBeGreaterThan(MPNET_REACH);
    for (const side of [-1, 1]) {
      const beyond = numbers(reach, Math.abs).flatMap((far, i) => (far >= MPNET_REACH ? [i] : []));
      const onSide = beyond.filter((i) => Math.sign(i - reach) === side).map((i) => values[i]);
      expect(new Set(onSide)).toEqual(new Set([mpnetBucket(side * MPNET_REACH)]));
    }
  });

  it.each(architectureGoldens.get("t5")?.buckets ?? [])(
    "fall into T5's $buckets buckets up to $maxDistance as in Python",
    ({ values, reach, ...settings }) => {
      expect(numbers(reach, (offset) => relativeBucket(offset, settings))).toEqual(values);
      // A graph's table of buckets ends with the farthest distance that matters.
      expect(relativeBucket(settings.maxDistance, settings)).toBe(values.at(-1));
    },
  );

  it.each(golden.buckets.deberta)(
    "fall into DeBERTa's $buckets buckets up to $maxPosition as in Python",
    ({ buckets, maxPosition, values }) => {
      for (const [offset, expected] of values.entries()) {
        expect(debertaBucket(offset, buckets, maxPosition)).toBe(expected);
        expect(debertaBucket(-offset, buckets, maxPosition) + expected).toBe(0);
      }
    },
  );
});
