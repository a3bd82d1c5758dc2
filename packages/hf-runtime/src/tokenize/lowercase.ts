/** Lower case of each character by itself, as Rust's `tokenizers` makes it: no final form of Σ at the end of words. */
export function lowercase(text: string): string {
  return text.replaceAll("Σ", "σ").toLowerCase();
}
