/** Characters that a Unicode form may reorder or compose with those before them: marks, jamo, and characters that become one. */
const JOINING = /^[\p{M}\u1160-\u11ff\u3131-\u318e\ud7b0-\ud7fb\uff9e-\uffdc\u{16d63}-\u{16d6a}]/u;

const UNSEEN = 0;
const JOINS = 1;
const STARTS = 2;

/** [65,536] looked up once for each UTF-16 code unit that is a character by itself */
const units = new Uint8Array(0x10000);

/** Whether a place is a normalization boundary: in every Unicode form, the text before it and the text after it are independent. */
export function hasBoundaryBefore(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0x300) return true;
  if (unit >= 0xd800 && unit <= 0xdfff) return hasBoundaryBeforePair(text, at);
  if (units[unit] === UNSEEN) units[unit] = JOINING.test(String.fromCharCode(unit)) ? JOINS : STARTS;
  return units[unit] === STARTS;
}

/** {@link hasBoundaryBefore} for characters from U+10000 on. */
function hasBoundaryBeforePair(text: string, at: number): boolean {
  const isInner = text.charCodeAt(at) >= 0xdc00 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
  return !isInner && !JOINING.test(text.slice(at, at + 2));
}
