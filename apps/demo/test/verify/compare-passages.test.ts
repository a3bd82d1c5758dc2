import { describe, expect, it } from "@jest/globals";
import { CheckList } from "../../src/verify/check-list.js";
import { comparePassages } from "../../src/verify/compare-passages.js";
import { NOTEBOOK_PASSAGES } from "../../src/verify/notebook-passages.js";

/** Chunks that begin and end like the notebook's. */
const PASSAGES = NOTEBOOK_PASSAGES.map(({ begins, ends }) => `${begins} \n\nBetween them. \n\n${ends}`);

function outcomes(found: readonly string[]) {
  const checks = new CheckList(() => {});
  comparePassages(found, checks);
  return { code: checks.end(), outcomes: checks.checks.map(({ outcome }) => outcome) };
}

describe("comparePassages", () => {
  it("accepts the notebook's passages in its order", () => {
    expect(outcomes(PASSAGES)).toEqual({ code: 0, outcomes: ["ok", "ok", "ok"] });
  });

  it("fails on another order, another end, and a missing passage", () => {
    const [first = "", second = "", third = ""] = PASSAGES;
    expect(outcomes([second, first, third]).outcomes).toEqual(["failed", "failed", "ok"]);
    expect(outcomes([`${first} And more.`, second]).outcomes).toEqual(["failed", "ok", "failed"]);
  });
});
