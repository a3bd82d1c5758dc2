import {
  type CallbackManagerForChainRun,
  type Callbacks,
  parseCallbackConfigArg,
} from "@langchain/core/callbacks/manager";
import type { DocumentInterface } from "@langchain/core/documents";
import type { BaseDocumentCompressor } from "@langchain/core/retrievers/document_compressors";
import { Runnable, type RunnableConfig } from "@langchain/core/runnables";

import { checkDocuments, checkText, InvalidOptionError } from "@secondpass/core";

/** Input of a compressor as a Runnable. */
export interface CompressionInput {
  readonly documents: readonly DocumentInterface[];
  readonly query: string;
}

/**
 * A document compressor that is also a Runnable: `invoke({ documents, query })`, `pipe`, `batch`, `stream`, retries and
 * fallbacks. In every case a call is one traced run, ends when the config's `signal` aborts, and for an empty list returns an empty
 * list without loading a model. Input documents are never changed.
 *
 * LangChain recognises it by its method `compressDocuments`, like every compressor
 * (`BaseDocumentCompressor.isBaseDocumentCompressor`). Its base class is Runnable, because that class has behaviour to inherit.
 *
 * @example
 * class ShortDocuments extends RunnableDocumentCompressor {
 *   protected override async compress(documents: readonly DocumentInterface[]) {
 *     return documents.filter(({ pageContent }) => pageContent.length < 1000);
 *   }
 * }
 * const short = await new ShortDocuments().invoke({ documents, query: "any" });
 */
export abstract class RunnableDocumentCompressor
  extends Runnable<CompressionInput, DocumentInterface[]>
  implements BaseDocumentCompressor
{
  lc_namespace = ["secondpass", "retrievers_compression"];
  /** Tells callers of this package that the third argument of {@link compressDocuments} may be a whole config. */
  readonly acceptsConfig = true;

  /** Does the work; only called with at least one document. */
  protected abstract compress(
    documents: readonly DocumentInterface[],
    query: string,
    config: RunnableConfig,
    run?: CallbackManagerForChainRun,
  ): Promise<DocumentInterface[]>;

  /**
   * @param callbacks LangChain's callbacks, or a whole config with `signal`, `configurable` and so on
   * @throws {InvalidOptionError} if `documents` is not an array of Documents or `query` is not a string
   */
  compressDocuments(
    documents: readonly DocumentInterface[],
    query: string,
    callbacks?: Callbacks | RunnableConfig,
  ): Promise<DocumentInterface[]> {
    return this.invoke({ documents, query }, parseCallbackConfigArg(callbacks));
  }

  override invoke(input: CompressionInput, options?: Partial<RunnableConfig>): Promise<DocumentInterface[]> {
    return this._callWithConfig(
      async (given, config, run) => {
        const { documents, query } = checkInput(given);
        checkDocuments(documents);
        checkText(query, "query");
        if (documents.length === 0) return [];
        config?.signal?.throwIfAborted();
        return this.compress(documents, query, config ?? {}, run);
      },
      input,
      options,
    );
  }
}

/** @throws {InvalidOptionError} if the input is not an object */
function checkInput(input: CompressionInput): CompressionInput {
  if (typeof input === "object" && input !== null && !("then" in input)) return input;
  throw new InvalidOptionError("input", "an object with `documents` and `query`", input);
}
