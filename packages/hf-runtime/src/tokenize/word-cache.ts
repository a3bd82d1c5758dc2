/** Words beyond this are rarely seen twice. */
const MAX_WORD_LENGTH = 32;
/** About 10 MB when full; ordinary text repeats far fewer words. */
const MAX_WORDS = 1 << 16;

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
      // V8's slices keep the whole text they were cut from alive, and this map outlives the text: so a copy.
      this.ids.set(Buffer.from(word, "utf16le").toString("utf16le"), ids);
    }
    return ids;
  }
}

/** Appends ids one by one: `push(...ids)` overflows the stack on long lists. */
export function append(out: number[], ids: readonly number[]): void {
  for (let index = 0; index < ids.length; index++) out.push(ids[index]!);
}
