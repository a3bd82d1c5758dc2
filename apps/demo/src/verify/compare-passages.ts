import type { CheckList } from "./check-list.js";
import { NOTEBOOK_PASSAGES } from "./notebook-passages.js";

/** Longest part of a passage in a report, in characters. */
const SHOWN = 60;

/** Checks that the best passages equal those of the notebook, in its order. */
export function comparePassages(found: readonly string[], checks: CheckList): void {
  NOTEBOOK_PASSAGES.forEach(({ begins, ends }, index) => {
    const passage = found[index]?.trim() ?? "";
    const shown = passage.length > SHOWN ? `${passage.slice(0, SHOWN).replaceAll(/\s+/g, " ")}…` : passage;
    const passed = passage.startsWith(begins) && passage.endsWith(ends);
    checks.expect(
      `passage ${index + 1}`,
      passed,
      passed ? shown : `expected "${begins}…", got ${passage === "" ? "none" : `"${shown}"`}`,
    );
  });
}
