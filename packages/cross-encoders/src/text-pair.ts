/** A query and a candidate text, in that order: cross-encoders are not symmetric. */
export type TextPair = readonly [query: string, text: string];
