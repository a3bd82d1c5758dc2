import { Embeddings } from "@langchain/core/embeddings";

/** Counts code points by their remainder, as `LetterEmbeddings` of tools/oracle does. Whole numbers, so that sums are exact. */
export class LetterEmbeddings extends Embeddings {
  /** Number of texts of each call of `embedDocuments`. */
  readonly calls: number[] = [];

  constructor() {
    super({});
  }

  async embedQuery(text: string): Promise<number[]> {
    const vector = new Array<number>(7).fill(0);
    for (const character of text) {
      const place = (character.codePointAt(0) as number) % vector.length;
      vector[place] = vector[place]! + 1;
    }
    return vector;
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    this.calls.push(texts.length);
    return Promise.all(texts.map((text) => this.embedQuery(text)));
  }
}
