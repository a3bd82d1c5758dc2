import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { LATIN_LANGUAGES, latinLanguage } from "../../src/index.js";

describe("latinLanguage", () => {
  it.each([
    ["Was macht ein Cache?", "german"],
    ["Comment installer un paquet ?", "french"],
    ["¿Quién descubrió América?", "spanish"],
    ["Como instalo um pacote?", "portuguese"],
    ["Come si installa un pacchetto?", "italian"],
    ["Hoe installeer ik een pakket?", "dutch"],
    ["Hvordan sletter jeg en fil, og hvad sker der?", "danish"],
    ["Hvordan sletter jeg en fil, og hva skjer?", "norwegian"],
    ["Hur installerar jag ett paket?", "swedish"],
    ["Mikä on välimuisti ja miten se toimii?", "finnish"],
    ["Czym jest pamięć podręczna i dlaczego nie działa?", "polish"],
    ["Jak nainstalovat balíček?", "czech"],
    ["Ako sa dá nainštalovať balík a prečo nie je nájdený?", "slovak"],
    ["Kako lahko namestim paket in kje je datoteka?", "slovenian"],
    ["Kako se može instalirati paket i gdje je datoteka?", "croatian"],
    ["Hogyan telepíthetek egy csomagot?", "hungarian"],
    ["Cum instalez un pachet?", "romanian"],
    ["Bir paket nasıl kurulur?", "turkish"],
    ["Bộ nhớ đệm là gì?", "vietnamese"],
    ["Bagaimana cara memasang paket?", "indonesian"],
    ["Kuidas ma saan paketi paigaldada ja kus fail on?", "estonian"],
    ["Què és una memòria cau?", "catalan"],
    ["Kā instalēt paku un kur ir fails?", "latvian"],
    ["Kaip įdiegti paketą ir kur yra failas?", "lithuanian"],
    ["Önbellek işe yarıyormuş", "other"],
  ])("names the language of %j", (text, language) => {
    expect(latinLanguage(text)).toBe(language);
    expect(latinLanguage(text.normalize("NFD"))).toBe(language);
  });

  it.each([
    "",
    "How is an index saved?",
    "who wrote Les fleurs du mal",
    "El Paso, Los Angeles and La Paz",
    "What does und mean in German?",
    "Beyoncé net worth",
    "São Paulo population",
    "crème brûlée",
    "kubectl rollout undo deployment",
    "Comment on a paper on hash codes",
    "IL-6 in JAK-STAT signaling",
    "let und_die = mit.row[est] ?? que_es; // non-null, as in ICU",
    "const auto _Pred __pred, _Iter __il",
    "acetaminophen hepatotoxicity",
    "설치 안내서는 어디에 있습니까?",
    "Как установить систему?",
  ])("names no language for %j", (text) => {
    expect(latinLanguage(text)).toBeUndefined();
  });

  it("returns a language of its list or none, for any text", () => {
    const known = [...Object.keys(LATIN_LANGUAGES), "other", undefined];
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(known).toContain(latinLanguage(text));
      }),
    );
  });

  it("has no word twice in a language", () => {
    for (const { own, shared } of Object.values(LATIN_LANGUAGES)) {
      const words = [...own, ...shared];
      expect(words).toEqual([...new Set(words)]);
      expect(words.filter((word) => word !== word.normalize("NFC").toLowerCase())).toEqual([]);
    }
  });
});
