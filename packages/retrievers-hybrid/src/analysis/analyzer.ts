/**
 * Turns a text into the terms by which it is found. It must give the same terms for the same text each time: documents are
 * analyzed when they are added, questions when they are asked. Terms may come one by one, from a generator.
 *
 * @example
 * const byLetters: Analyzer = (text) => text.toLowerCase().match(/[a-z]+/g) ?? [];
 */
export type Analyzer = (text: string) => Iterable<string>;
