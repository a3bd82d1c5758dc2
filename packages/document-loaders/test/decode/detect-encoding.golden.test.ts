import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { FileDecodingError, TextLoader } from "../../src/index.js";

interface Case {
  readonly language: string;
  readonly encoding: string;
  readonly text: string;
  readonly bytes: string;
}

const golden = JSON.parse(readFileSync(join(__dirname, "../goldens/encodings.json"), "utf8")) as {
  readonly cases: readonly Case[];
};
/** Whether a text is whole; pieces have 40 characters. */
const isWhole = ({ text }: Case) => text.length > 60;

async function read({ bytes }: Case): Promise<string | undefined> {
  const loader = new TextLoader(new Blob([Buffer.from(bytes, "base64")]), { autodetectEncoding: true });
  try {
    return (await loader.load())[0]?.pageContent;
  } catch (error) {
    if (FileDecodingError.isInstance(error)) return undefined;
    throw error;
  }
}

describe("autodetectEncoding", () => {
  const whole = golden.cases.filter(isWhole);
  it.each(whole.map((one) => [one.language, one.encoding, one] as const))(
    "reads %s in %s",
    async (_1, _2, one) => {
      expect(await read(one)).toBe(one.text);
    },
  );

  it("reads most short pieces, and throws for the others", async () => {
    const pieces = golden.cases.filter((one) => !isWhole(one));
    let right = 0;
    for (const piece of pieces) {
      const text = await read(piece);
      if (text !== undefined)
        expect([piece.language, piece.encoding, text]).toEqual([piece.language, piece.encoding, piece.text]);
      if (text !== undefined) right++;
    }
    expect(right).toBeGreaterThan(pieces.length * 0.85);
  });
});
