/** How tokenizer.json writes what to search for: a literal text or an Oniguruma pattern. */
export interface PatternJson {
  readonly String?: string;
  readonly Regex?: string;
}
