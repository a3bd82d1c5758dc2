import { checkNumber, InvalidOptionError } from "@secondpass/core";
import type { Analyzer } from "./analysis/analyzer.js";
import { analyzerOfId, type TextAnalyzerOptions, textAnalyzer } from "./analysis/text-analyzer.js";
import type { Bm25Settings } from "./documents/document-index.js";
import type { IndexHeader } from "./persistence/index-header.js";

/** Options of all classes that rank by BM25. */
export interface Bm25Options {
  /** How fast further occurrences of a term count less; at 0 only presence counts. @default 1.2 */
  readonly k1?: number;
  /** How much the length of a document lowers its score, from 0 to 1. @default 0.75 */
  readonly b?: number;
  /** Turns texts into terms: options of `textAnalyzer`, or a custom function. @default English */
  readonly analyzer?: Analyzer | TextAnalyzerOptions;
}

/** Checks options and fills in the defaults. @throws {InvalidOptionError}, and the errors of `textAnalyzer` */
export function bm25Settings({ k1 = 1.2, b = 0.75, analyzer = {} }: Bm25Options): Bm25Settings {
  if (checkNumber("k1", k1) < 0) throw new InvalidOptionError("k1", "a number from 0", k1);
  if (checkNumber("b", b) < 0 || b > 1) throw new InvalidOptionError("b", "a number from 0 to 1", b);
  return {
    analyzer: typeof analyzer === "function" ? analyzer : textAnalyzer(analyzer),
    parameters: { k1, b },
  };
}

/**
 * Returns the settings of a saved index, except those that are given.
 * @throws {InvalidOptionError} if no analyzer is given and the index was made by a custom function
 */
export function savedSettings({ k1, b, analyzer }: Bm25Options, saved: IndexHeader): Bm25Settings {
  const known = analyzer ?? analyzerOfId(saved.analyzer ?? "");
  if (known === undefined) {
    throw new InvalidOptionError(
      "analyzer",
      "the analyzer that the index was made with",
      saved.analyzer ?? undefined,
    );
  }
  return bm25Settings({ k1: k1 ?? saved.k1, b: b ?? saved.b, analyzer: known });
}
