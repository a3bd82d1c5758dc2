/** Python's names for encodings whose name in the WHATWG standard is different or has another meaning. */
const PYTHON_NAMES: Readonly<Record<string, string>> = {
  u8: "utf-8",
  utf: "utf-8",
  utf8: "utf-8",
  "utf-8-sig": "utf-8",
  utf16: "utf-16",
  "utf-16-le": "utf-16le",
  "utf-16-be": "utf-16be",
  utf32: "utf-32",
  u32: "utf-32",
  "utf-32-le": "utf-32le",
  "utf-32-be": "utf-32be",
  u16: "utf-16",
  // In the WHATWG standard these names mean windows-1252.
  latin1: "latin-1",
  latin: "latin-1",
  l1: "latin-1",
  "iso8859-1": "latin-1",
  "iso-8859-1": "latin-1",
  "us-ascii": "ascii",
  646: "ascii",
  cp949: "euc-kr",
  uhc: "euc-kr",
  euckr: "euc-kr",
  cp932: "shift_jis",
  "shift-jis": "shift_jis",
  shiftjis: "shift_jis",
  eucjp: "euc-jp",
  "iso2022-jp": "iso-2022-jp",
  cp936: "gbk",
  cp950: "big5",
  cp874: "windows-874",
  "mac-cyrillic": "x-mac-cyrillic",
  "mac-roman": "macintosh",
  macroman: "macintosh",
};

/** Normalizes the name of an encoding: lower case, hyphens, and Python's meaning where it differs from the WHATWG's. */
export function encodingName(name: string): string {
  const spelled = name.trim().toLowerCase().replaceAll("_", "-");
  return PYTHON_NAMES[spelled] ?? spelled;
}
