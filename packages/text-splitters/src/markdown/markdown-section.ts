/** Lines of a Markdown text under the same headings. */
export interface MarkdownSection {
  readonly content: string;
  /** Text of each heading above the section, by the metadata key of its level. */
  readonly headings: Readonly<Record<string, string>>;
  /** Start of the section's first line in the text, after leading whitespace, in UTF-16 units. */
  readonly start: number;
  /** End of the section's last line. */
  readonly end: number;
}

/** The mark at the start of a heading, and the metadata key for its text; null or undefined for headings that only separate sections. */
export type HeaderToSplitOn = readonly [mark: string, name: string | null | undefined];
