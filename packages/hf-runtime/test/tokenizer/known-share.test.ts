import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { architectureTokenizers } from "../../src/graph/architectures/architecture-tokenizers.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import { knownShare } from "../../src/tokenizer/known-share.js";
import { loadTokenizer } from "../../src/tokenizer/load-tokenizer.js";
import type { TextTokenizer } from "../../src/tokenizer/text-tokenizer.js";

const load = async (model: string) =>
  loadTokenizer(await resolveModel({ model }), { architectures: architectureTokenizers });

/** The bundled model. Its vocabulary is English, with a little Korean from a manual in its training data. */
const EMBEDDER_PATH = join(__dirname, "../../../mini-models/models/embedder");

describe("knownShare", () => {
  let english: TextTokenizer;
  beforeAll(async () => {
    english = await load(EMBEDDER_PATH);
  });

  it.each([
    "How is an index saved to a folder?",
    "café au lait",
    "Straße, naïve",
    "HTTP 404",
    "e=mc²",
    "a",
    "",
    "…",
    "😀",
  ])("is high for text that an English vocabulary knows: %j", async (text) => {
    expect(await knownShare(english, text)).toBeGreaterThan(0.8);
  });

  it.each([
    "설치 안내서는 어디에 있습니까?",
    "Как установить систему?",
    "如何安装操作系统",
    "システムの設定を変更する",
    "วิธีติดตั้ง",
    "كيف أثبت النظام",
    "Πώς γίνεται;",
  ])("is low for other scripts: %j", async (text) => {
    expect(await knownShare(english, text)).toBeLessThan(0.6);
  });

  it.each([
    "Wie wird ein Index gespeichert, und wo ist er?",
    "¿Cómo se guarda el índice y dónde está?",
    "Comment est-ce que les fichiers sont enregistrés ?",
    "Dizin nasıl kaydedilir ve nerede bulunur?",
    "Chỉ mục được lưu ở đâu và như thế nào?",
    "Jak zapisywany jest indeks i gdzie on się znajduje?",
    "Önbellek işe yarıyormuş",
  ])("is low for other languages in Latin letters: %j", async (text) => {
    expect(await knownShare(english, text)).toBeLessThan(0.65);
  });

  it("looks up a language's words once, even if a caller aborts meanwhile", async () => {
    const tokenizer = await load(EMBEDDER_PATH);
    const controller = new AbortController();
    const first = knownShare(tokenizer, "Was ist das, und wo ist es?", controller.signal);
    controller.abort(new Error("stop"));
    await expect(first).rejects.toThrow("stop");
    expect(await knownShare(tokenizer, "Was ist das, und wo ist es?")).toBeLessThan(0.1);
  });

  it("is medium for a mixture of both", async () => {
    const share = await knownShare(english, "Install the package: 패키지를 설치하십시오");
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.9);
  });

  it("is from 0 to 1 for any text, and ends with the signal", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 50 }), async (text) => {
        const share = await knownShare(english, text);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(knownShare(english, "설치 ".repeat(500), signal)).rejects.toThrow("stop");
  });

  const SHARED = join(__dirname, "../../../../../shared/data");
  const describeIfShared = existsSync(SHARED) ? describe : describe.skip;
  describeIfShared("of real vocabularies", () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "secondpass-known-share-"));
    });
    afterAll(() => rm(folder, { recursive: true }));

    const shares = async (name: string) => {
      const from = join(SHARED, "tokenizers", name);
      await cp(from, folder, { recursive: true });
      const packed = join(from, "tokenizer.json.gz");
      if (existsSync(packed))
        await writeFile(join(folder, "tokenizer.json"), gunzipSync(await readFile(packed)));
      const tokenizer = await load(folder);
      const languages = [
        "eng",
        "deu_1996",
        "fra",
        "spa",
        "por_BR",
        "tur",
        "vie",
        "kor",
        "rus",
        "cmn_hans",
        "jpn",
        "tha",
        "arb",
        "hin",
        "ell_monotonic",
      ];
      return Promise.all(
        languages.map(async (language) => {
          const text = await readFile(join(SHARED, "text/udhr", `${language}.txt`), "utf8");
          return [language, await knownShare(tokenizer, text.slice(1000, 2000))] as const;
        }),
      );
    };

    it("is high in every language for a multilingual vocabulary", async () => {
      for (const [language, share] of await shares("bge-reranker-base"))
        expect([language, share > 0.75]).toEqual([language, true]);
    }, 60_000);

    it("is high only in English for an English vocabulary", async () => {
      for (const [language, share] of await shares("ms-marco-MiniLM-L-6-v2"))
        expect([language, share > 0.65]).toEqual([language, language === "eng"]);
    });
  });
});
