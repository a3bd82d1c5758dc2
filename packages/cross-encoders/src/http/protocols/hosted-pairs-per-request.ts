/** Maximum number of documents in one request to a hosted service: Cohere bills every hundred documents of a request as one search. */
export const HOSTED_PAIRS_PER_REQUEST = 100;
