import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { cutText } from "../../../src/mcp/calls/cut-text.js";
import { packedAnswer } from "../../../src/mcp/calls/packed-answer.js";

describe("cutText", () => {
  it("returns a beginning that fits, and never half a character", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", " ", "\n", "é", "😀"), maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.nat(80), (text, limit) => {
        const cut = cutText(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
        if (text.length <= limit) expect(cut).toBe(text);
        // Each part has to make progress.
        else if (limit >= 2) expect(cut).not.toBe("");
      }),
    );
  });
});

describe("packedAnswer", () => {
  const pieces = fc.array(
    fc.record({
      head: fc.string({ minLength: 1, maxLength: 90 }),
      body: fc.string({ maxLength: 900 }),
      reference: fc.string({ minLength: 32, maxLength: 32 }),
    }),
    { maxLength: 12 },
  );

  it("fits, has the first pieces, and says so if some are missing", () => {
    fc.assert(
      fc.property(
        pieces,
        fc.integer({ min: 1000, max: 9000 }),
        fc.string(),
        (given, maxCharacters, intro) => {
          const advice = (count: number, references: string) => `${count} left out${references}. Read them.`;
          const { text, bodies } = packedAnswer({ intro, pieces: given, maxCharacters, advice });
          expect(text.length).toBeLessThanOrEqual(maxCharacters);
          for (const [i, body] of bodies.entries()) {
            expect(given[i]!.body.startsWith(body)).toBe(true);
            expect(text).toContain(`${given[i]!.head}\n${body}`);
          }
          const left = given.filter(({ body }, i) => bodies[i] !== body).length;
          if (left === 0) expect(bodies).toHaveLength(given.length);
          else expect(text).toMatch(new RegExp(`\n\n${left} left out[^]*\\. Read them\\.$`));
          // Only the last shown piece is cut.
          for (const [i, body] of bodies.slice(0, -1).entries()) expect(body).toBe(given[i]!.body);
          if (given.length > 0) expect(bodies.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
