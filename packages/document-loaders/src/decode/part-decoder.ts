/** Decodes a text part by part; throws for invalid bytes. */
export interface PartDecoder {
  decode(part: Uint8Array, options: { readonly stream: boolean }): string;
}
