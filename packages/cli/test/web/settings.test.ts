import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { blendInWords, DEFAULTS, linkOf, readLink } from "../../web/src/settings.js";

const settings = fc
  .record({
    mode: fc.constantFrom("hybrid" as const, "dense" as const, "lexical" as const),
    k: fc.integer({ min: 1, max: 100 }),
    topN: fc.integer({ min: 1, max: 20 }),
    threshold: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
    blend: fc.double({ min: 0, max: 1, noNaN: true }),
    model: fc.option(fc.string(), { nil: undefined }),
  })
  // -0 is written as 0.
  .map((one) => ({
    ...one,
    topN: Math.min(one.topN, one.k),
    threshold: one.threshold && one.threshold + 0,
    blend: one.blend + 0,
  }));

describe("linkOf and readLink", () => {
  it("restore the state that a link was made of", () => {
    const link = fc.record({
      question: fc.string().map((text) => text.trim()),
      collection: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
      settings,
      other: fc.option(settings, { nil: undefined }),
    });
    fc.assert(fc.property(link, (state) => expect(readLink(linkOf(state))).toEqual(state)));
  });

  it("leave out defaults", () => {
    const state = { question: "", collection: undefined, settings: DEFAULTS, other: undefined };
    expect(linkOf(state)).toBe("");
    expect(linkOf({ ...state, question: "왜?", settings: { ...DEFAULTS, k: 5 } })).toBe(
      "?q=%EC%99%9C%3F&k=5",
    );
  });

  it("accepts any address, and uses the defaults for invalid values", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { k, topN, blend } = readLink(`?blend=${text}&${text}`).settings;
        expect(k >= topN && topN >= 1 && k <= 100).toBe(true);
        expect(blend >= 0 && blend <= 1).toBe(true);
      }),
    );
    expect(readLink("?k=x&mode=best&threshold=&topN=1.5&blend=&compare=yes").settings).toEqual(DEFAULTS);
  });

  it("accept old links, in which blending was on or off", () => {
    expect(readLink("?blend=false").settings.blend).toBe(0);
    expect(readLink("?blend=true").settings).toEqual(DEFAULTS);
  });
});

it("says how much the first pass counts", () => {
  expect([0, 0.05, 0.5, 1].map(blendInWords)).toEqual([
    "off",
    "5% first pass",
    "50% first pass",
    "first pass alone",
  ]);
});
