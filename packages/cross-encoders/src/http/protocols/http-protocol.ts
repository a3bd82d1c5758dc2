import type { CrossEncoderContentHandler } from "../../content-handlers/cross-encoder-content-handler.js";

/**
 * What one kind of server speaks: a content handler, and where it answers. Write your own for a server that none of
 * {@link httpProtocols} fits. Requests are always POST.
 *
 * @example
 * const mine: HttpProtocol = { ...httpProtocols.jina(), path: "/api/ranking" };
 */
export interface HttpProtocol extends CrossEncoderContentHandler {
  /** Below the server's base address, such as "/v2/rerank". */
  readonly path: string;
  /** Pairs in one request unless the caller says otherwise. Minimum 1. @default 32 */
  readonly maxPairsPerRequest?: number;
}
