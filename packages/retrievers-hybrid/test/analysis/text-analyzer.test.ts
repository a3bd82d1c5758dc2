import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Language, type TextAnalyzerOptions, textAnalyzer } from "../../src/index.js";
import golden from "../goldens/stems.json";

const terms = (text: string, options: TextAnalyzerOptions = {}) => [...textAnalyzer(options)(text)];

describe("textAnalyzer", () => {
  it.each(golden.cases)("stems as Snowball does: $language", ({ language, words, stems }) => {
    const analyzer = textAnalyzer({ language: language as Language, stopWords: false });
    expect(words.flatMap((word) => [...analyzer(word)])).toEqual(stems);
  });

  it.each([
    ["The cats' mats, and 3.5 e-mails!", ["cat", "mat", "3", "5", "e", "mail"], {}],
    ["Ｆｕｌｌ ﬁle CAFÉ", ["full", "file", "café"], {}],
    ["don’t don't", ["don't", "don't"], {}],
    ["naïve résumé", ["naiv", "resum"], { diacritics: "fold" }],
    ["running fast", ["running", "fast"], { stem: false }],
    ["to be or not", ["to", "be", "or", "not"], { language: "none" }],
    ["to be or not", ["to", "not"], { language: "none", stopWords: ["BE", "or"] }],
    ["東京都 に住む", ["東京", "京都", "に住", "住む"], { language: "none" }],
    ["操作系统安装", ["操作", "系统", "安装"], { language: "chinese" }],
    ["操作系统", ["操作", "作系", "系统"], { language: "chinese", cjk: "bigrams" }],
    ["국가 법률로", ["국가", "법률", "률로"], { language: "korean" }],
    ["ﾃﾞｰﾀ を 保存", ["デー", "ータ", "を", "保存"], { language: "none" }],
    ["国", ["国"], { language: "none" }],
    ["법률로 정한다", ["법률로", "정한다"], { language: "none", cjk: "words" }],
    ["iPhone용 케이스", ["iphone", "용", "케이", "이스"], { language: "none" }],
    ["สวัสดีครับ", ["สวัสดี", "ครับ"], { language: "none" }],
    ["हिन्दी में", ["हिन्दी", "में"], { language: "none", diacritics: "fold" }],
    ["", [], {}],
    ["… — !", [], {}],
  ] as [string, string[], TextAnalyzerOptions][])("makes terms of %j", (text, expected, options) => {
    expect(terms(text, options)).toEqual(expected);
  });

  it("accepts any text, and returns the same terms each time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const analyzer = textAnalyzer({ language: "russian", diacritics: "fold" });
        const first = [...analyzer(text)];
        expect([...analyzer(text)]).toEqual(first);
        expect(first).not.toContain("");
      }),
    );
  });

  it.each(["국가 법률로", "がぎぐ プログラム", "จำนวนมาก น้ำ", "Bộ nhớ đệm", "Äpfel"])(
    "makes the same terms of %j, however its characters are composed",
    (text) => {
      for (const cjk of ["bigrams", "words", "segmenter"] as const) {
        const composed = terms(text.normalize("NFC"), { language: "none", cjk });
        for (const form of ["NFD", "NFKC", "NFKD"] as const)
          expect(terms(text.normalize(form), { language: "none", cjk })).toEqual(composed);
      }
    },
  );

  it("cuts words that are longer than those of any dictionary", () => {
    const long = terms("x".repeat(1000), { language: "none" });
    expect(long.map((term) => term.length)).toEqual([255, 255, 255, 235]);
  });
});
