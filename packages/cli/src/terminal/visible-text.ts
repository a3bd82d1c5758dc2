// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it takes out
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A text without characters that command a terminal: escape sequences of a document must not reach it. Tabs become two spaces. */
export function visibleText(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\t", "  ").replace(CONTROL, "\ufffd");
}
