import { Embeddings } from "@langchain/core/embeddings";

/** Looks vectors up by text (texts it does not know get their length and character codes) and keeps what it was asked. */
export class KnownEmbeddings extends Embeddings {
  readonly asked: string[][] = [];

  constructor(private readonly vectors: Readonly<Record<string, readonly number[]>> = {}) {
    super({});
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    this.asked.push([...texts]);
    return texts.map((text) => this.vectorOf(text));
  }

  override async embedQuery(text: string): Promise<number[]> {
    return this.vectorOf(text);
  }

  private vectorOf(text: string): number[] {
    return [...(this.vectors[text] ?? [text.length, text.charCodeAt(0) || 0, text.charCodeAt(1) || 0])];
  }
}
