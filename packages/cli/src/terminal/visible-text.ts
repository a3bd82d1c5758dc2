// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Removes control characters from a text, so that escape sequences of a document do not reach the terminal. Tabs become two spaces. */
export function visibleText(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\t", "  ").replace(CONTROL, "\ufffd");
}
