import { Document } from "@langchain/core/documents";
import { BaseRetriever } from "@langchain/core/retrievers";

/**
 * A retriever whose documents begin with their place, such as `docs/saving.md:3-9`. `createRetrieverTool` gives a model only the texts: without their places it could
 * not say where it has its answer from.
 */
export class CitedRetriever extends BaseRetriever {
  lc_namespace = ["secondpass", "examples"];

  /** @param {import("@langchain/core/retrievers").BaseRetrieverInterface} retriever */
  constructor(retriever) {
    super();
    this.retriever = retriever;
  }

  /**
   * @override
   * @param {string} query
   * @param {import("@langchain/core/callbacks/manager").CallbackManagerForRetrieverRun} [run]
   */
  async _getRelevantDocuments(query, run) {
    const documents = await this.retriever.invoke(query, { callbacks: run?.getChild() });
    return documents.map((document) => {
      const { source, loc } = document.metadata;
      const pageContent = `${source}:${loc.lines.from}-${loc.lines.to}\n${document.pageContent}`;
      return new Document({ ...document, pageContent });
    });
  }
}
