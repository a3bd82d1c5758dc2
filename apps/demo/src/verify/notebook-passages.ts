/**
 * The three passages that LangChain's "Cross Encoder Reranker" notebook prints after reranking, in its order
 * (docs/docs/integrations/document_transformers/cross_encoder_reranker.ipynb). From the State of the Union of 2022, a work of the
 * US government. Each is given by its first and its last sentence; paragraphs between them belong to the same chunk.
 */
export const NOTEBOOK_PASSAGES: readonly { readonly begins: string; readonly ends: string }[] = [
  {
    begins: "More infrastructure and innovation in America.",
    ends: "My plan to fight inflation will lower your costs and lower the deficit.",
  },
  {
    begins: "Second – cut energy costs for families an average of $500 a year",
    ends: "you’ll never have to pay at the gas pump again.",
  },
  { begins: "Look at cars.", ends: "More goods moving faster and cheaper in America." },
];
