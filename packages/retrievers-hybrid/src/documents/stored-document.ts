import type { TextBlock } from "../persistence/text-block.js";
import type { KeptDocument } from "./kept-document.js";

/** A document of a saved index. Its text is decoded when it is read. */
export class StoredDocument implements KeptDocument {
  #texts: TextBlock | undefined;
  #position = 0;

  constructor(
    readonly id: string,
    readonly metadata: Readonly<Record<string, unknown>>,
  ) {}

  /** Sets where its text is stored. */
  locate(texts: TextBlock, position: number): void {
    this.#texts = texts;
    this.#position = position;
  }

  /** @throws {IndexFileError} if the file is invalid */
  get pageContent(): string {
    return this.#texts!.at(this.#position);
  }
}
