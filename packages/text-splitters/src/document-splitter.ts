import { BaseDocumentTransformer, type Document, type DocumentInterface } from "@langchain/core/documents";
import type { RunnableConfig } from "@langchain/core/runnables";
import { checkCallOptions, checkDocuments } from "@secondpass/core";
import { SPLIT_OPTIONS, type SplitOptions } from "./split-options.js";

/** A Runnable that splits Documents. */
export abstract class DocumentSplitter<
  Options extends SplitOptions = SplitOptions,
> extends BaseDocumentTransformer {
  override lc_namespace = ["secondpass", "text_splitters"];

  /** Names of the options that each call takes. */
  protected get callOptions(): readonly string[] {
    return SPLIT_OPTIONS;
  }

  /**
   * The parts of Documents, in their order. Each has its Document's id and a copy of its metadata; the Documents are not changed.
   *
   * @throws {InvalidOptionError} if `documents` is not an array of Documents
   * @throws {UnknownOptionError}
   */
  async splitDocuments(documents: readonly DocumentInterface[], options?: Options): Promise<Document[]> {
    checkDocuments(documents);
    checkCallOptions(options, "splitDocuments", this.callOptions);
    return this.splitEach(documents, options ?? ({} as Options));
  }

  /** The work of {@link splitDocuments}, on Documents that are checked. */
  protected abstract splitEach(
    documents: readonly DocumentInterface[],
    options: Options,
  ): Promise<Document[]>;

  /** The same as {@link splitDocuments}. */
  override async transformDocuments(documents: DocumentInterface[], options?: Options): Promise<Document[]> {
    return this.splitDocuments(documents, options);
  }

  /** The same as {@link transformDocuments}; the config's signal ends it. */
  override async invoke(
    documents: DocumentInterface[],
    config?: Partial<RunnableConfig>,
  ): Promise<Document[]> {
    return this.transformDocuments(documents, { signal: config?.signal } as Options);
  }
}
