import { BaseDocumentTransformer, type Document, type DocumentInterface } from "@langchain/core/documents";
import type { RunnableConfig } from "@langchain/core/runnables";
import { checkCallOptions, checkDocuments } from "@secondpass/core";
import { SPLIT_OPTIONS, type SplitOptions } from "./split-options.js";

/** Base class of all splitters: a Runnable that splits Documents. */
export abstract class DocumentSplitter<
  Options extends SplitOptions = SplitOptions,
> extends BaseDocumentTransformer {
  override lc_namespace = ["secondpass", "text_splitters"];

  /** Names of the options of a call. */
  protected get callOptions(): readonly string[] {
    return SPLIT_OPTIONS;
  }

  /**
   * Splits Documents; the parts are in the Documents' order. Each has its Document's id and a copy of its metadata. The Documents are not changed.
   *
   * @throws {InvalidOptionError} if `documents` is not an array of Documents
   * @throws {UnknownOptionError}
   */
  async splitDocuments(documents: readonly DocumentInterface[], options?: Options): Promise<Document[]> {
    checkDocuments(documents);
    checkCallOptions(options, "splitDocuments", this.callOptions);
    return this.splitEach(documents, options ?? ({} as Options));
  }

  /** Does the work of {@link splitDocuments}, on Documents that have been checked. */
  protected abstract splitEach(
    documents: readonly DocumentInterface[],
    options: Options,
  ): Promise<Document[]>;

  /** Splits Documents, as {@link splitDocuments} does. */
  override async transformDocuments(documents: DocumentInterface[], options?: Options): Promise<Document[]> {
    return this.splitDocuments(documents, options);
  }

  /** Splits Documents, as {@link transformDocuments} does; ends when the config's signal aborts. */
  override async invoke(
    documents: DocumentInterface[],
    config?: Partial<RunnableConfig>,
  ): Promise<Document[]> {
    return this.transformDocuments(documents, { signal: config?.signal } as Options);
  }
}
