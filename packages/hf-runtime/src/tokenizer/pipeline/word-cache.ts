/** Longer words are rarely seen twice. */
const MAX_WORD_LENGTH = 32;
/** About 10 MB when full; ordinary text repeats far fewer words. */
const MAX_WORDS = 1 << 16;

/**
 * From this length on, a slice in V8 keeps the whole text in memory that it was cut from; shorter slices are copies. The
 * cache outlives the text, so it stores copies.
 */
const MIN_SLICE = 13;

/** Caches the ids of words. A full cache is cleared: this is simpler than evicting old words, and as good on text. */
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
