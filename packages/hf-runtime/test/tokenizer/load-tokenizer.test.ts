import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { UnsupportedTokenizerError } from "../../src/errors/unsupported-tokenizer-error.js";
import { architectureTokenizers } from "../../src/graph/architectures/architecture-tokenizers.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import type { ComponentJson } from "../../src/tokenizer/json/component-json.js";
import type { TokenizerJson } from "../../src/tokenizer/json/tokenizer-json.js";
import { loadTokenizer } from "../../src/tokenizer/load-tokenizer.js";
import { readFixture } from "./read-fixture.js";

describe("loading a model's tokenizer", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "secondpass-tokenizer-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (files: Record<string, unknown>) => {
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
    }
  };
  const load = async (maxLength?: number) =>
    loadTokenizer(await resolveModel({ model: folder }), {
      maxLength,
      architectures: architectureTokenizers,
    });

  describe("longest input", () => {
    const wordpiece = readFixture("wordpiece");
    it.each([
      ["the caller's length, if there is one", { config: { max_position_embeddings: 512 } }, 77, 77],
      [
        "the tokenizer's model_max_length",
        { config: { max_position_embeddings: 512 }, tokenizer: { model_max_length: 256 } },
        undefined,
        256,
      ],
      [
        "at most the number of positions",
        { config: { max_position_embeddings: 512 }, tokenizer: { model_max_length: 1e30 } },
        undefined,
        512,
      ],
      [
        "two positions less for RoBERTa",
        { config: { model_type: "xlm-roberta", max_position_embeddings: 514, pad_token_id: 1 } },
        undefined,
        512,
      ],
      [
        "two positions less for MPNet, with any padding id",
        { config: { model_type: "mpnet", max_position_embeddings: 514, pad_token_id: 3 } },
        undefined,
        512,
      ],
      [
        "two positions less for MPNet, without a padding id",
        { config: { model_type: "mpnet", max_position_embeddings: 514 } },
        undefined,
        512,
      ],
      [
        "sentence-transformers' max_seq_length",
        {
          config: { max_position_embeddings: 512 },
          tokenizer: { model_max_length: 512 },
          sentence: { max_seq_length: 256 },
        },
        undefined,
        256,
      ],
      [
        "unlimited if nothing sets a limit",
        { config: { max_position_embeddings: -1 } },
        undefined,
        Number.POSITIVE_INFINITY,
      ],
    ] as const)(
      "is %s",
      async (_name, files: {
        config: object;
        tokenizer?: object;
        sentence?: object;
      }, maxLength, expected) => {
        await write({
          "tokenizer.json": wordpiece,
          "config.json": files.config,
          ...(files.tokenizer ? { "tokenizer_config.json": files.tokenizer } : {}),
          ...(files.sentence ? { "modules.json": [], "sentence_bert_config.json": files.sentence } : {}),
        });
        expect((await load(maxLength)).maxLength).toBe(expected);
      },
    );

    it("does not come from the truncation in tokenizer.json, and neither does the padding", async () => {
      const truncation = { direction: "Right", max_length: 8, strategy: "LongestFirst", stride: 0 };
      const padding = {
        strategy: { Fixed: 8 },
        direction: "Right",
        pad_id: 0,
        pad_type_id: 0,
        pad_token: "[PAD]",
      };
      await write({
        "tokenizer.json": { ...wordpiece, truncation, padding },
        "config.json": { max_position_embeddings: 512 },
      });
      const tokenizer = await load();
      expect(tokenizer.maxLength).toBe(512);
      expect(tokenizer.encode("one two three four five six seven eight nine").ids.length).toBeGreaterThan(8);
      expect(tokenizer.encode("one").ids.length).toBeLessThan(8);
    });
  });

  it("takes sides from tokenizer_config.json, otherwise from tokenizer.json", async () => {
    const json = {
      ...readFixture("wordpiece"),
      padding: { direction: "Left" },
      truncation: { direction: "Left" },
    };
    await write({ "tokenizer.json": json, "config.json": {} });
    const left = await load();
    expect(left.paddingSide).toBe("left");
    const all = [...left.encode("the one and the other", undefined).ids];
    const cut = [...left.encode("the one and the other", undefined, { maxLength: all.length - 1 }).ids];
    expect(cut).toEqual([all[0], ...all.slice(2)]);
    await write({ "tokenizer_config.json": { padding_side: "right", truncation_side: "right" } });
    expect((await load()).paddingSide).toBe("right");
  });

  it("reads a RobertaProcessing that lacks a field as `tokenizers` does: as BERT's", async () => {
    const roberta = readFixture("roberta");
    const { trim_offsets: _, ...processor } = roberta.post_processor as ComponentJson;
    const seps = async (post_processor: ComponentJson | null) => {
      await write({
        "tokenizer.json": { ...roberta, post_processor },
        "config.json": { model_type: "plain" },
      });
      const { ids, typeIds } = (await load()).encode("one", "two");
      const [last] = ids.slice(-1);
      return [ids.filter((id) => id === last).length, Math.max(...typeIds)];
    };
    expect(await seps(roberta.post_processor)).toEqual([3, 0]);
    expect(await seps(processor as unknown as ComponentJson)).toEqual([2, 1]);
  });

  it("throws if a model leaves out merges at random", async () => {
    const roberta = readFixture("roberta");
    const model = { ...roberta.model, dropout: 0.1 };
    await write({ "tokenizer.json": { ...roberta, model }, "config.json": { model_type: "plain" } });
    await expect(load()).rejects.toThrow(UnsupportedTokenizerError);
    await expect(load()).rejects.toThrow("set model.dropout to null instead of 0.1");
    await write({ "tokenizer.json": { ...roberta, model: { ...model, dropout: 0 } } });
    expect((await load()).encode("one").ids.length).toBeGreaterThan(1);
  });

  it("reads an object in special_tokens_map.json as a special token, as transformers does", async () => {
    await write({
      "tokenizer.json": readFixture("wordpiece"),
      "config.json": { model_type: "plain" },
      "special_tokens_map.json": { mask_token: { content: "ONE" } },
    });
    const tokenizer = await load();
    // Found in the original text, not in lower case.
    expect([...tokenizer.encode("ONE").ids]).not.toEqual([...tokenizer.encode("one").ids]);
  });

  it("finds the padding token by name", async () => {
    await write({ "tokenizer.json": readFixture("unigram"), "config.json": {} });
    expect((await load()).padId).toBe(1);
    await write({ "tokenizer_config.json": { pad_token: { content: "</s>" } } });
    expect((await load()).padId).toBe(2);
  });

  it("lowers the case first if sentence-transformers' settings say so", async () => {
    const cased: TokenizerJson = readFixture("wordpiece");
    await write({
      "tokenizer.json": {
        ...cased,
        normalizer: { ...cased.normalizer, lowercase: false, strip_accents: false },
      },
      "config.json": {},
      "modules.json": [],
      "sentence_bert_config.json": { max_seq_length: 128, do_lower_case: true },
    });
    const tokenizer = await load();
    expect(tokenizer.encode("THE Senate").ids).toEqual(tokenizer.encode("the senate").ids);
  });

  it("builds BERT's tokenizer from vocab.txt alone, as transformers does", async () => {
    const json = readFixture("wordpiece");
    const vocabulary = Object.entries(json.model.vocab).sort(([, a], [, b]) => a - b);
    await write({ "tokenizer.json": json, "config.json": {} });
    const whole = await load();
    await rm(join(folder, "tokenizer.json"));
    await write({ "vocab.txt": `${vocabulary.map(([token]) => token).join("\n")}\n` });
    const built = await load();
    for (const [text, pair] of [
      ["The Senate voted, naïvely.", "[MASK] 中文"],
      ["a", undefined],
    ] as const) {
      expect(built.encode(text, pair)).toEqual(whole.encode(text, pair));
    }
    expect(built.padId).toBe(whole.padId);
  });

  it("says how to convert a tokenizer that it cannot read", async () => {
    await write({ "config.json": {}, "sentencepiece.bpe.model": "" });
    await expect(load()).rejects.toMatchObject({
      name: "UnsupportedTokenizerError",
      message: expect.stringMatching(
        /only sentencepiece\.bpe\.model\. Convert it once in Python: AutoTokenizer/,
      ),
    });
    await write({ "tokenizer.json": { ...readFixture("roberta"), normalizer: { type: "New" } } });
    await expect(load()).rejects.toMatchObject({
      name: "UnsupportedTokenizerError",
      message: expect.stringContaining("Unknown Normalizer type: New"),
    });
    await write({ "tokenizer.json": { ...readFixture("roberta"), post_processor: { type: "New" } } });
    await expect(load()).rejects.toThrow("post-processor of an unknown kind (New)");
  });

  describe("tables of a large Unigram vocabulary", () => {
    const large = (): TokenizerJson => {
      const json = readFixture("unigram");
      const vocab = json.model.vocab as readonly (readonly [string, number])[];
      const filler = Array.from({ length: 20_000 }, (_, index) => [`▁filler${index}`, -15] as const);
      return { ...json, model: { ...json.model, vocab: [...vocab, ...filler] } };
    };
    const cacheFiles = async () => (await readdir(folder)).filter((name) => name.endsWith(".bin"));
    const text = "The Senate passed filler77; 자유 — свобода, ﬁn!";

    it("are cached next to the file, and give the same ids as the file itself", async () => {
      await write({ "tokenizer.json": large(), "config.json": {} });
      const built = await load();
      expect(await cacheFiles()).toHaveLength(1);
      const cached = await load();
      expect(cached.encode(text, "<mask> x")).toEqual(built.encode(text, "<mask> x"));
      expect(cached.padId).toBe(built.padId);
    });

    it("are built again without an error if they are damaged", async () => {
      await write({ "tokenizer.json": large(), "config.json": {} });
      const expected = (await load()).encode(text);
      const file = join(folder, (await cacheFiles())[0]!);
      const whole = await readFile(file);
      const zeroedFrom = (start: number) =>
        Buffer.concat([whole.subarray(0, start), Buffer.alloc(whole.length - start)]);
      const damaged = [
        "",
        "junk instead of a table",
        "\x10\0\0\0________",
        zeroedFrom(100),
        zeroedFrom(20_000),
      ];
      for (const content of damaged) {
        await writeFile(file, content, "latin1");
        expect((await load()).encode(text)).toEqual(expected);
        expect((await readFile(file)).equals(whole)).toBe(true);
      }
    });

    it("are not used for a changed file, and are replaced by its new tables", async () => {
      await write({ "tokenizer.json": large(), "config.json": {} });
      await load();
      const [before] = await cacheFiles();
      const later = new Date(Date.now() + 5000);
      await utimes(join(folder, "tokenizer.json"), later, later);
      await load();
      const after = await cacheFiles();
      expect(after).toHaveLength(1);
      expect(after).not.toContain(before);
    });

    it("are not used for another file of the same name, size and time", async () => {
      const ids: Int32Array[] = [];
      for (const filler of [large(), swapped(large())]) {
        await write({ "tokenizer.json": filler, "config.json": {} });
        await utimes(join(folder, "tokenizer.json"), 1, 1);
        ids.push((await load()).encode("filler77").ids);
      }
      expect(ids[0]).not.toEqual(ids[1]);
    });
  });
});

/** The same vocabulary, reversed from its 500th piece on: the ids differ, the size does not. */
function swapped(json: TokenizerJson): TokenizerJson {
  const vocab = json.model.vocab as readonly (readonly [string, number])[];
  return {
    ...json,
    model: { ...json.model, vocab: [...vocab.slice(0, 500), ...vocab.slice(500).reverse()] },
  };
}
