/**
 * A model that can tell how much of a text its vocabulary knows. Any class may implement it; it is looked for by the method's name.
 *
 * @example
 * await model.knownShare("Hello there"); // 1
 * await englishModel.knownShare("설치 안내서"); // 0.3
 */
export interface VocabularyAware {
  /** The name by which messages call the model. */
  readonly model?: unknown;
  /**
   * Share of a text's letters that the model has words or parts of words for, 0 to 1; low as well for languages in Latin letters that it has no words of. May load
   * the model's tokenizer.
   */
  knownShare(text: string, options?: { readonly signal?: AbortSignal }): Promise<number>;
}
