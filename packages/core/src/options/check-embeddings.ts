import { checkHasMethod } from "./check-has-method.js";

/**
 * Checks that a value is embeddings, as LangChain's interface is.
 * @returns the value
 * @throws {InvalidOptionError} if it lacks one of both methods
 */
export function checkEmbeddings<Embeddings>(embeddings: Embeddings, name = "embeddings"): Embeddings {
  const expected = "embeddings, with the methods embedQuery and embedDocuments";
  checkHasMethod(name, embeddings, ["embedDocuments"], expected);
  return checkHasMethod(name, embeddings, ["embedQuery"], expected);
}
