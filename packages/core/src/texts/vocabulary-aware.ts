/**
 * A model that can tell how much of a text its vocabulary knows. Any class may implement it: callers look for the method's name.
 *
 * @example
 * await model.knownShare("Hello there"); // 1
 * await englishModel.knownShare("설치 안내서"); // 0.3
 */
export interface VocabularyAware {
  /** The model's name in messages. */
  readonly model?: unknown;
  /**
   * Share of a text's letters that are covered by the model's words or parts of words, 0 to 1. It is also low for a language in Latin letters whose words the model
   * does not know. May load the model's tokenizer.
   */
  knownShare(text: string, options?: { readonly signal?: AbortSignal }): Promise<number>;
}
