import * as stopWords from "stopword";

/** Data of a language: its Snowball stemmer and its list of frequent words. */
interface LanguageFacts {
  /** Name of the algorithm in `snowball-stemmers`. */
  readonly stemmer?: string;
  readonly stopWords?: readonly string[];
}

/** Languages by their English names, in lower case. */
export const LANGUAGES = {
  arabic: { stemmer: "arabic", stopWords: stopWords.ara },
  armenian: { stemmer: "armenian", stopWords: stopWords.hye },
  basque: { stemmer: "basque", stopWords: stopWords.eus },
  bulgarian: { stopWords: stopWords.bul },
  catalan: { stemmer: "catalan", stopWords: stopWords.cat },
  chinese: { stopWords: stopWords.zho },
  croatian: { stopWords: stopWords.hrv },
  czech: { stemmer: "czech", stopWords: stopWords.ces },
  danish: { stemmer: "danish", stopWords: stopWords.dan },
  dutch: { stemmer: "dutch", stopWords: stopWords.nld },
  english: { stemmer: "english", stopWords: stopWords.eng },
  estonian: { stopWords: stopWords.est },
  finnish: { stemmer: "finnish", stopWords: stopWords.fin },
  french: { stemmer: "french", stopWords: stopWords.fra },
  german: { stemmer: "german", stopWords: stopWords.deu },
  greek: { stopWords: stopWords.ell },
  hebrew: { stopWords: stopWords.heb },
  hindi: { stopWords: stopWords.hin },
  hungarian: { stemmer: "hungarian", stopWords: stopWords.hun },
  indonesian: { stopWords: stopWords.ind },
  irish: { stemmer: "irish", stopWords: stopWords.gle },
  italian: { stemmer: "italian", stopWords: stopWords.ita },
  japanese: { stopWords: stopWords.jpn },
  korean: { stopWords: stopWords.kor },
  norwegian: { stemmer: "norwegian", stopWords: stopWords.nob },
  persian: { stopWords: stopWords.fas },
  polish: { stopWords: stopWords.pol },
  portuguese: { stemmer: "portuguese", stopWords: stopWords.por },
  romanian: { stemmer: "romanian", stopWords: stopWords.ron },
  russian: { stemmer: "russian", stopWords: stopWords.rus },
  slovak: { stopWords: stopWords.slk },
  slovenian: { stemmer: "slovene", stopWords: stopWords.slv },
  spanish: { stemmer: "spanish", stopWords: stopWords.spa },
  swedish: { stemmer: "swedish", stopWords: stopWords.swe },
  tamil: { stemmer: "tamil" },
  thai: { stopWords: stopWords.tha },
  turkish: { stemmer: "turkish", stopWords: stopWords.tur },
  ukrainian: { stopWords: stopWords.ukr },
  vietnamese: { stopWords: stopWords.vie },
} as const satisfies Readonly<Record<string, LanguageFacts>>;

/** A language whose stemmer or frequent words are known. */
export type Language = keyof typeof LANGUAGES;

export function languageFacts(language: Language): LanguageFacts {
  return LANGUAGES[language];
}
