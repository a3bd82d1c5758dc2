/**
 * Turns a text into the terms by which it is found. It must give the same terms for the same text each time: documents are
 * analyzed when they are added, questions when they are asked. Terms may come one by one, from a generator.
 *
 * @example
 * const byLetters: Analyzer = (text) => text.toLowerCase().match(/[a-z]+/g) ?? [];
 * const named: Analyzer = Object.assign(byLetters, { analyzerId: "letters 1" });
 */
export interface Analyzer {
  (text: string): Iterable<string>;
  /**
   * Another one for each way to make terms, so that a saved index knows its own. `textAnalyzer` sets it; set it for a function of your own, and
   * change it with the function. Without it, words are read again from the documents when an index is loaded.
   */
  readonly analyzerId?: string;
}
