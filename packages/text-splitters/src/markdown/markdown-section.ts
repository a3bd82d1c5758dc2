/** Lines of a Markdown text under the same headings. */
export interface MarkdownSection {
  readonly content: string;
  /** Text of each heading above the section, by the name given to its level. */
  readonly headings: Readonly<Record<string, string>>;
  /** Where the section's first line starts in the text, in UTF-16 units, whitespace not counted. */
  readonly start: number;
  /** Where the section's last line ends. */
  readonly end: number;
}

/** What a heading begins with, and the metadata key its text goes under; null or undefined for headings that only part. */
export type HeaderToSplitOn = readonly [mark: string, name: string | null | undefined];
