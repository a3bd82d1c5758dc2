import { describe, expect, it, jest } from "@jest/globals";
import { findUnknownText, warnOfUnknownText } from "../../src/index.js";

const recommended = "acme/all-languages";

describe("findUnknownText", () => {
  const modelOf = (share: number) => {
    const checked: string[] = [];
    const knownShare = async (text: string, { signal }: { signal?: AbortSignal } = {}) => {
      signal?.throwIfAborted();
      checked.push(text);
      return share;
    };
    return { model: "acme/english", knownShare, checked };
  };

  it("reports a text of which the model knows too little", async () => {
    const text = "설치 안내서";
    expect(await findUnknownText(modelOf(0.64), text, { recommended })).toEqual({
      model: "acme/english",
      text,
      knownShare: 0.64,
      recommended,
    });
    expect(await findUnknownText(modelOf(0.65), text, { recommended })).toBeUndefined();
  });

  it.each([
    "",
    "plain",
    "404 + 1 = ½",
    "What is the weather in Łódź and Kraków?",
    "What does 안녕 mean in English?",
    "los angeles to el paso",
    "😀",
  ])("does not call the model for English: %j", async (text) => {
    const model = modelOf(0);
    expect(await findUnknownText(model, text, { recommended })).toBeUndefined();
    expect(model.checked).toEqual([]);
  });

  it("calls the model for other letters, alone or among Latin ones", async () => {
    const model = modelOf(0);
    const texts = [
      "как",
      "แมว",
      "Docker 컨테이너를 삭제",
      "缓存",
      "Où est l'été à Łódź?",
      "Wie lösche ich eine Datei?",
    ];
    for (const text of texts)
      expect(await findUnknownText(model, text, { recommended })).toMatchObject({ text });
    expect(model.checked).toHaveLength(texts.length);
  });

  it("treats a text as known if the model cannot tell", async () => {
    for (const model of [undefined, null, {}, { knownShare: 1 }, "model"])
      expect(await findUnknownText(model, "설치", { recommended })).toBeUndefined();
  });

  it("passes the signal on", async () => {
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(findUnknownText(modelOf(0), "설치", { recommended, signal })).rejects.toThrow("stop");
  });
});

describe("warnOfUnknownText", () => {
  it("warns once per model, recommends another one, and shows no text of the user", () => {
    const emit = jest.spyOn(process, "emitWarning").mockImplementation(() => {});
    const report = { model: "acme/english", text: "secret", knownShare: 0.236, recommended };
    warnOfUnknownText(report, "Words decide.");
    warnOfUnknownText(report, "Words decide.");
    warnOfUnknownText({ ...report, model: undefined }, "Words decide.");
    const warnings = emit.mock.calls as unknown as [message: string, type: string][];
    expect(warnings.map(([, type]) => type)).toEqual(Array(2).fill("SecondpassVocabularyWarning"));
    expect(warnings[0]![0]).toBe(
      "acme/english does not know the language of a text: its vocabulary has 24 % of it. Words decide. " +
        "Use a multilingual model, such as acme/all-languages.",
    );
    expect(warnings[1]![0]).toMatch(/^The model does not know/);
    emit.mockRestore();
  });
});
