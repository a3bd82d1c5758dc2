/** What a cross-encoder reads together: [query, text]. */
export type TextPair = readonly [query: string, text: string];
