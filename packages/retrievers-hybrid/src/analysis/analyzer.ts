/**
 * Turns a text into its search terms. It must return the same terms for the same text every time: documents are analyzed when they
 * are added, queries when they are searched. Terms may come one by one, from a generator.
 *
 * @example
 * const byLetters: Analyzer = (text) => text.toLowerCase().match(/[a-z]+/g) ?? [];
 * const named: Analyzer = Object.assign(byLetters, { analyzerId: "letters 1" });
 */
export interface Analyzer {
  (text: string): Iterable<string>;
  /**
   * Identifies the analyzer in a saved index. Analyzers that make different terms need different ids. `textAnalyzer` sets it. If you write your own
   * function, set it, and change it when the function changes. Without it, an index reads the words from the documents again when it is loaded.
   */
  readonly analyzerId?: string;
}
