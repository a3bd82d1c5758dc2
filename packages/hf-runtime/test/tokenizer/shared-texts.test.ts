import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import type { TokenizerJson } from "../../src/tokenizer/json/tokenizer-json.js";
import golden from "../goldens/tokenize/shared_texts.json";
import { hashIds, vocabularyOf } from "./read-fixture.js";

/** Development data next to the repository. Without it, these tests are skipped. */
const SHARED = join(__dirname, "../../../../../shared/data");
const describeIfShared = existsSync(SHARED) ? describe : describe.skip;

interface Expectation {
  readonly text: string;
  readonly text_pair?: string;
  readonly ids: readonly number[];
}

/** The file and the model of upstream's expectations for a tokenizer. */
const EXPECTED: Readonly<Record<string, readonly [file: string, model: string]>> = {
  "bert-base-uncased": ["bert", "Xenova/bert-base-uncased"],
  "bge-reranker-base": ["xlm_roberta", "Xenova/bge-reranker-base"],
};

/** Tokenizers that are always tested. The others have the same kinds and vocabularies, and RoBERTa's takes long; SECONDPASS_ALL_TOKENIZERS=1 tests all. */
const ALWAYS = ["bert-base-uncased", "bge-reranker-base"];
const isChosen = (name: string) => ALWAYS.includes(name) || process.env.SECONDPASS_ALL_TOKENIZERS === "1";

describeIfShared("real tokenizers over the shared texts", () => {
  for (const [name, files] of Object.entries(golden.cases).filter(([each]) => isChosen(each))) {
    it(`${name} equals Python's ids in every language and in source code`, async () => {
      const vocabulary = await vocabularyOf(readTokenizerJson(name));
      const different = Object.entries(files).filter(
        ([file, hash]) => hashIds(vocabulary.ids(readFileSync(join(SHARED, "text", file), "utf8"))) !== hash,
      );
      expect(different.map(([file]) => file)).toEqual([]);

      const [file, id] = EXPECTED[name] ?? [];
      if (!file || !id) return;
      const json = readFileSync(join(SHARED, "tokenizer_expectations", `${file}.json`), "utf8");
      const expectations = Object.values(
        (JSON.parse(json) as Record<string, Record<string, Expectation>>)[id]!,
      );
      for (const { text, ids } of expectations.filter(({ text_pair: pair }) => pair === undefined))
        expect([text, vocabulary.ids(text)]).toEqual([text, ids.slice(1, -1)]);
    }, 60_000);
  }
});

function readTokenizerJson(name: string): TokenizerJson {
  const folder = join(SHARED, "tokenizers", name);
  const file = readdirSync(folder).find((entry) => entry.startsWith("tokenizer.json"))!;
  const bytes = readFileSync(join(folder, file));
  return JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString()) as TokenizerJson;
}
