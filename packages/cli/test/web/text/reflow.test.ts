import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { reflow } from "../../../web/src/text/reflow.js";

const LONG = "This line was broken by the width of an editor, inside a";

describe("reflow", () => {
  it("joins lines that were broken at a width, and leaves headings, lists, tables and paragraphs", () => {
    expect(reflow(`${LONG}\nsentence.`)).toBe(`${LONG} sentence.`);
    for (const text of [
      `# ${LONG}\nText`,
      `${LONG}\n- item`,
      `${LONG}\n2. item`,
      `| ${LONG}\ncell`,
      `${LONG}\n\nNext`,
      "short\nlines",
    ]) {
      expect(reflow(text)).toBe(text);
    }
  });

  it("keeps the length, so that offsets stay, and changes only line breaks", () => {
    const lines = fc.array(fc.constantFrom(LONG, "", "- item", "word", "```", "  code"));
    fc.assert(
      fc.property(lines, (parts) => {
        const text = parts.join("\n");
        const flown = reflow(text);
        expect(flown).toHaveLength(text.length);
        expect(flown.replaceAll("\n", " ")).toBe(text.replaceAll("\n", " "));
      }),
    );
  });
});
