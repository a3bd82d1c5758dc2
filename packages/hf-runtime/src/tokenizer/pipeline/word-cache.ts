/** Words beyond this are rarely seen twice. */
const MAX_WORD_LENGTH = 32;
/** About 10 MB when full; ordinary text repeats far fewer words. */
const MAX_WORDS = 1 << 16;

/**
 * From this length on, V8's slices keep the whole text they were cut from alive (shorter ones are copies anyway), and the
 * cache outlives the text.
 */
const MIN_SLICE = 13;

/** Remembers the ids of words. When full, it starts over: simpler than weighing ages, and as good on text. */
export class WordCache {
  private readonly ids = new Map<string, readonly number[]>();

  constructor(private readonly compute: (word: string) => readonly number[]) {}

  get(word: string): readonly number[] {
    const known = this.ids.get(word);
    if (known) return known;
    const ids = this.compute(word);
    if (word.length <= MAX_WORD_LENGTH) {
      if (this.ids.size >= MAX_WORDS) this.ids.clear();
      this.ids.set(word.length < MIN_SLICE ? word : Buffer.from(word, "utf16le").toString("utf16le"), ids);
    }
    return ids;
  }
}
