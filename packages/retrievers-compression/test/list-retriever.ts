import type { CallbackManagerForRetrieverRun } from "@langchain/core/callbacks/manager";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import { BaseRetriever } from "@langchain/core/retrievers";

/** Finds the same documents for every query. Like core's retrievers, it ignores the signal. */
export class ListRetriever extends BaseRetriever {
  lc_namespace = ["test"];

  constructor(private readonly documents: DocumentInterface[]) {
    super();
  }

  override async _getRelevantDocuments(
    _query: string,
    _run?: CallbackManagerForRetrieverRun,
  ): Promise<DocumentInterface[]> {
    return this.documents;
  }
}

/** One document for each text. */
export function documentsOf(...texts: string[]): Document[] {
  return texts.map((pageContent) => new Document({ pageContent }));
}

/** The text of each document. */
export function textsOf(documents: readonly DocumentInterface[]): string[] {
  return documents.map(({ pageContent }) => pageContent);
}
