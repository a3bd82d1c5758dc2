/** Decodes a text part by part; throws at bytes that are no text. */
export interface PartDecoder {
  decode(part: Uint8Array, options: { readonly stream: boolean }): string;
}
