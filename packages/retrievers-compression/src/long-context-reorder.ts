import { BaseDocumentTransformer, type Document, type DocumentInterface } from "@langchain/core/documents";
import { checkDocuments } from "@secondpass/core";

/**
 * Puts the best documents at both ends and the least relevant in the middle, because language models read the middle of
 * a long prompt least ("Lost in the Middle", https://arxiv.org/abs/2307.03172). Its input is documents, best first: 1 to 5
 * becomes 1 3 5 4 2, and 1 to 4 becomes 2 4 3 1.
 *
 * @example
 * const reordered = await new LongContextReorder().transformDocuments(bestFirst);
 */
export class LongContextReorder extends BaseDocumentTransformer {
  override lc_namespace = ["secondpass", "retrievers_compression"];
  override lc_serializable = true;

  static override lc_name(): string {
    return "LongContextReorder";
  }

  /** @throws {InvalidOptionError} if `documents` is not an array of Documents */
  override async transformDocuments(documents: readonly DocumentInterface[]): Promise<Document[]> {
    checkDocuments(documents);
    // As in Python: start with the least relevant in the middle, then add to the front and to the back in turn.
    const goesInFront = (index: number) => (documents.length - 1 - index) % 2 === 0;
    const front = documents.filter((_, index) => goesInFront(index));
    const back = documents.filter((_, index) => !goesInFront(index));
    return [...front, ...back.reverse()];
  }
}
