import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AddedVocabulary } from "../../src/tokenizer/added-vocabulary/added-vocabulary.js";
import type { AddedTokenJson } from "../../src/tokenizer/json/added-token-json.js";
import type { ComponentJson } from "../../src/tokenizer/json/component-json.js";
import type { TokenizerJson } from "../../src/tokenizer/json/tokenizer-json.js";
import { createPipeline } from "../../src/tokenizer/pipeline/create-pipeline.js";

const FIXTURES = join(__dirname, "..", "fixtures", "tokenize");

/** A small tokenizer.json that the oracle wrote. */
export function readFixture(name: string): TokenizerJson {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), "utf8")) as TokenizerJson;
}

/** Changes of a fixture; tools/oracle/tokenizers_golden.py applies them in the same way. */
export interface Changes {
  readonly "model.byte_fallback"?: boolean;
  readonly added_tokens?: readonly Omit<AddedTokenJson, "id">[];
  readonly normalizer?: ComponentJson;
  readonly pre_tokenizer?: ComponentJson;
}

export function changed(fixture: TokenizerJson, changes: Changes): TokenizerJson {
  const {
    "model.byte_fallback": byteFallback,
    added_tokens: added = [],
    normalizer,
    pre_tokenizer,
  } = changes;
  const parts = (normalizer?.normalizers ?? []) as readonly (ComponentJson | "KEEP")[];
  const bytes = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte % 3 !== 0);
  const pieces = bytes.map(
    (byte) => [`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`, -30] as const,
  );
  const { vocab } = fixture.model;
  return {
    ...fixture,
    added_tokens: [
      ...(fixture.added_tokens ?? []),
      ...added.map((token, index) => ({ ...token, id: Object.keys(vocab).length + index })),
    ],
    normalizer: normalizer
      ? { ...normalizer, normalizers: parts.map((part) => (part === "KEEP" ? fixture.normalizer : part)) }
      : fixture.normalizer,
    pre_tokenizer: pre_tokenizer ?? fixture.pre_tokenizer,
    model: byteFallback
      ? {
          ...fixture.model,
          byte_fallback: true,
          vocab: [...(vocab as readonly (readonly [string, number])[]), ...pieces],
        }
      : fixture.model,
  };
}

/** The added vocabulary of a tokenizer.json, without its post-processor. */
export async function vocabularyOf(json: TokenizerJson): Promise<AddedVocabulary> {
  return new AddedVocabulary(await createPipeline(json, {}), json.added_tokens ?? []);
}

/** The hash that the goldens store instead of ids. */
export function hashIds(ids: readonly number[]): string {
  return createHash("sha256").update(ids.join(" ")).digest("hex").slice(0, 16);
}
