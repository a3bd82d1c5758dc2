import { checkHasMethod } from "./check-has-method.js";

/**
 * Checks that a value has the methods of LangChain's embeddings interface.
 * @returns the value
 * @throws {InvalidOptionError} if one of the two methods is missing
 */
export function checkEmbeddings<Embeddings>(embeddings: Embeddings, name = "embeddings"): Embeddings {
  const expected = "embeddings, with the methods embedQuery and embedDocuments";
  checkHasMethod(name, embeddings, ["embedDocuments"], expected);
  return checkHasMethod(name, embeddings, ["embedQuery"], expected);
}
