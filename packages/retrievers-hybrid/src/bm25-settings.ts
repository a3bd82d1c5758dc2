import { checkNumber, InvalidOptionError } from "@secondpass/core";
import type { Analyzer } from "./analysis/analyzer.js";
import { analyzerOfId, type TextAnalyzerOptions, textAnalyzer } from "./analysis/text-analyzer.js";
import type { Bm25Settings } from "./documents/document-index.js";
import type { IndexHeader } from "./persistence/index-header.js";

/** The options of everything that ranks by BM25. */
export interface Bm25Options {
  /** How soon further occurrences of a term count less, from 0 (presence alone). @default 1.2 */
  readonly k1?: number;
  /** How much long documents are held back, from 0 to 1. @default 0.75 */
  readonly b?: number;
  /** How texts become terms: options of `textAnalyzer`, or a function of one's own. @default English */
  readonly analyzer?: Analyzer | TextAnalyzerOptions;
}

/** @throws {InvalidOptionError}, and what `textAnalyzer` throws */
export function bm25Settings({ k1 = 1.2, b = 0.75, analyzer = {} }: Bm25Options): Bm25Settings {
  if (checkNumber("k1", k1) < 0) throw new InvalidOptionError("k1", "a number from 0", k1);
  if (checkNumber("b", b) < 0 || b > 1) throw new InvalidOptionError("b", "a number from 0 to 1", b);
  return {
    analyzer: typeof analyzer === "function" ? analyzer : textAnalyzer(analyzer),
    parameters: { k1, b },
  };
}

/**
 * The settings of a saved index, unless other ones are given.
 * @throws {InvalidOptionError} if its analyzer is needed to know it, and is a function of somebody's own
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
