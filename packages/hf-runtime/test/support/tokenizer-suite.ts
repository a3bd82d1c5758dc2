import { afterAll, describe, expect, it } from "@jest/globals";
import { ModelFolders, type Variant } from "@secondpass/test-kit";
import { architectureTokenizers } from "../../src/graph/architectures/architecture-tokenizers.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import { loadTokenizer } from "../../src/tokenizer/load-tokenizer.js";

/** Expected values that Python wrote for models and their variants (tools/oracle/tokenizer_classes.py). */
export interface TokenizerGolden {
  /** Texts and their seconds. */
  readonly pairs: readonly (readonly string[])[];
  readonly cases: readonly (Variant & {
    readonly maxLength: number;
    /** Ids of each pair, separated by spaces, before truncation. */
    readonly ids: readonly string[];
    readonly typeIds: readonly string[];
  })[];
}

/** The contract of a model's tokenizer: it gives Python's ids, counts the tokens that it encodes, and cuts to the given length. */
export function tokenizerSuite(name: string, golden: TokenizerGolden): void {
  describe(name, () => {
    const folders = new ModelFolders(golden.cases);
    afterAll(() => folders.remove());

    it.each(golden.cases.map((one) => [one.name, one] as const))("%s", async (name, expected) => {
      const files = await resolveModel({ model: folders.folder(name) });
      // As loadEncoder and loadCrossEncoder do.
      const tokenizer = await loadTokenizer(files, {
        sentenceConfig: await files.has("modules.json"),
        architectures: architectureTokenizers,
      });
      expect(tokenizer.maxLength).toBe(expected.maxLength);
      const encodings = golden.pairs.map(([text, pair]) =>
        tokenizer.encode(text!, pair, { maxLength: Number.POSITIVE_INFINITY }),
      );
      expect(encodings.map((encoding) => encoding.ids.join(" "))).toEqual(expected.ids);
      expect(encodings.map((encoding) => encoding.typeIds.join(" "))).toEqual(expected.typeIds);
      for (const [index, [text, pair]] of golden.pairs.entries()) {
        const { ids } = encodings[index]!;
        expect(tokenizer.count(text!, pair)).toBe(ids.length);
        const room = Math.max(ids.length - 1, 5);
        const cut = tokenizer.encode(text!, pair, { maxLength: room });
        expect(cut.ids).toHaveLength(Math.min(room, ids.length));
        expect(cut.truncated).toBe(ids.length > room);
      }
    });
  });
}
