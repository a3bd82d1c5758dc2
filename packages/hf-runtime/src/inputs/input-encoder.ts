import type { Task } from "../contracts/task.js";
import type { TextInput } from "../prompts/with-prompt.js";
import type { EncodeOptions, Encoding, LocatedTokens } from "../tokenizer/text-tokenizer.js";

/** How to encode the inputs of a call. */
export interface InputOptions extends Pick<EncodeOptions, "truncation" | "truncationSide" | "maxLength"> {
  /** What the inputs are for. @default no task */
  readonly task?: Task;
}

/** Turns a model's inputs (a text or a pair, with a prompt) into token ids. */
export interface InputEncoder {
  /**
   * Encodes an input. A long one is encoded in time slices, so that the event loop is not blocked.
   * @param prompt "" for none
   * @throws the signal's reason between two slices, once it is aborted
   */
  encodeInSlices(
    input: TextInput,
    prompt: string,
    options?: InputOptions,
    signal?: AbortSignal,
  ): Encoding | Promise<Encoding>;
  /**
   * Locates the tokens of a pair's second text in the result of {@link encodeInSlices} for the same arguments. Missing if pairs become one text.
   */
  locateInSlices?(
    input: readonly [text: string, pair: string],
    prompt: string,
    options?: InputOptions,
    signal?: AbortSignal,
  ): Promise<LocatedTokens>;
  /** Number of tokens of an input before truncation, special tokens counted. */
  count(input: TextInput, prompt: string): number;
  /** Number of an input's leading tokens that come from the prompt, for modules that leave them out; 0 if it is unknown. */
  promptLength(prompt: string): number;
}
