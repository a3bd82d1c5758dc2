import type { CrossEncoderContentHandler } from "../../content-handlers/cross-encoder-content-handler.js";

/**
 * Protocol of one kind of server: a content handler and its path. Write your own for a server that none of
 * {@link httpProtocols} fits. Requests are always POST.
 *
 * @example
 * const mine: HttpProtocol = { ...httpProtocols.jina(), path: "/api/ranking" };
 */
export interface HttpProtocol extends CrossEncoderContentHandler {
  /** Path below the server's base address, such as "/v2/rerank". */
  readonly path: string;
  /** Default of `maxPairsPerRequest`. Minimum 1. @default 32 */
  readonly maxPairsPerRequest?: number;
}
