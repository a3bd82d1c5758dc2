/** Maximum length of a sentence in UTF-16 units: more than models read of one. */
export const MAX_SENTENCE = 2000;

/**
 * UTF-16 units that the segmenter reads at a time. Its time grows with the square of a text's length: 1 MB takes a minute in one piece,
 * but 50 ms in pieces of this size.
 */
const WINDOW = 2 * MAX_SENTENCE;

/** Text that does not end a sentence: a title or an initial. */
const GOES_ON =
  /(?:^|[\s(["'«“‘])(?:Mrs?|Ms|Mx|Dr|Prof|St|Mt|Gen|Col|Sgt|Capt|Lt|Sen|Rep|Rev|Hon|Gov|Pres|vs|Mme|Mlle|Hr|Fr|Sr|Sra|\p{Lu})\.\s*$/u;

/** The number of a list item, at the beginning of a sentence. */
const ITEM = /^\s*\d{1,3}[.)]\s*$/;

/** Text that does not end a sentence if a number follows: "Fig. 3". */
const BEFORE_NUMBER =
  /(?:^|[\s(["'])(?:Figs?|Eqs?|Secs?|Sect|Ch|Chap|Nos?|Vol|pp?|Arts?|Refs?|Tab|Nr|S)\.\s*$/iu;

/** A mark that may be inside an address or a number: "https://a.example/b?c". */
const INSIDE = /[.!?]$/;

/** Opening marks, which belong to the next sentence, although the segmenter puts some of them at the end of the sentence before. */
const OPENING = /[“‘「『（《〈【«([]+$/u;

/** Characters that may end a sentence. */
const MAY_END = /[.!?\u0080-\uffff]/;

/** The last space of a text and the text after it. */
const LAST_SPACE = /\s\S*$/;

/**
 * Finds the ends of a paragraph's sentences, in UTF-16 units, in order; the last one is the end of the paragraph. Uses Unicode's rules, except that titles and
 * initials before a name ("Dr. No"), abbreviations before a number ("Fig. 3") and marks inside an address do not end a sentence. Sentences longer than
 * {@link MAX_SENTENCE} are cut between words.
 * @param paragraph without line breaks
 * @param segmenter splits into sentences; undefined for a paragraph that is one sentence
 */
export function* proseSentences(paragraph: string, segmenter: Intl.Segmenter | undefined): Generator<number> {
  let start = 0;
  while (start < paragraph.length) {
    const isLast = paragraph.length - start <= WINDOW;
    const part = isLast ? paragraph.slice(start) : paragraph.slice(start, start + WINDOW);
    let sentence = 0;
    const isOne = segmenter === undefined || isOneSentence(part);
    for (const { segment, index } of isOne ? [{ segment: part, index: 0 }] : segmenter.segment(part)) {
      const end = index + segment.length;
      // The last sentence of a window may continue after it.
      if (end === part.length && !isLast) break;
      const isItem = index === sentence && ITEM.test(segment);
      if (end < part.length && (isItem || goesOn(segment, part[end]!))) continue;
      const before = end < part.length ? end - (OPENING.exec(segment)?.[0].length ?? 0) : end;
      for (const cut of cuts(part, sentence, before)) yield start + cut;
      sentence = before;
    }
    if (sentence === 0) {
      // Longer than a window.
      sentence = cutBefore(part, 0, MAX_SENTENCE);
      yield start + sentence;
    }
    start += sentence;
  }
}

/** Whether a sentence continues where the segmenter ends it. @param next the next character */
function goesOn(segment: string, next: string): boolean {
  if (/\d/.test(next) && BEFORE_NUMBER.test(segment)) return true;
  return GOES_ON.test(segment) || (INSIDE.test(segment) && /\w/.test(next));
}

/** Whether a text is certainly one sentence; this check is faster than the segmenter. */
function isOneSentence(text: string): boolean {
  const end = text.search(MAY_END);
  return end === -1 || !/\S/.test(text.slice(end + 1));
}

/** Ends of the parts of a sentence: one part, unless it is too long. */
function* cuts(text: string, start: number, end: number): Generator<number> {
  let from = start;
  while (end - from > MAX_SENTENCE) {
    from = cutBefore(text, from, from + MAX_SENTENCE);
    yield from;
  }
  yield end;
}

/** The last end of a word before a position; if there is none, the position itself, or one less so that no surrogate pair is cut. */
function cutBefore(text: string, start: number, place: number): number {
  const { index } = LAST_SPACE.exec(text.slice(start, place)) ?? { index: 0 };
  if (index > 0) return start + index + 1;
  const isPair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(place - 1, place + 1));
  return isPair ? place - 1 : place;
}
