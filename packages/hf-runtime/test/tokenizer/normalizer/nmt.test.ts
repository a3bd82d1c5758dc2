import { describe, expect, it } from "@jest/globals";
import { createNormalizer } from "../../../src/tokenizer/normalizer/create-normalizer.js";

describe("nmt", () => {
  const normalize = createNormalizer({ type: "Nmt" });

  it("removes control characters and replaces white space by spaces, like tokenizers' Nmt", () => {
    expect(normalize("a\u0001\u001f\u009fb")).toBe("ab");
    expect(normalize("a\tb\nc\u200bd\u2581e\ufefff\ufffdg")).toBe("a b c d e f g");
    expect(normalize("\u0000 \u0085 \u00a0 é 日本")).toBe("\u0000 \u0085 \u00a0 é 日本");
  });
});
