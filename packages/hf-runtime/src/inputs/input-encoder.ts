import type { Task } from "../contracts/task.js";
import type { TextInput } from "../prompts/with-prompt.js";
import type { EncodeOptions, Encoding, LocatedTokens } from "../tokenizer/text-tokenizer.js";

/** What a call says of its inputs. */
export interface InputOptions extends Pick<EncodeOptions, "truncation" | "truncationSide" | "maxLength"> {
  /** What they are for. @default none is said */
  readonly task?: Task;
}

/** How a model reads its inputs: a text or a pair, with a prompt, → token ids. */
export interface InputEncoder {
  /**
   * Works on a long input in slices, so that it does not hold the event loop.
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
   * Where the tokens of a pair's second text are that {@link encodeInSlices} gives for the same arguments. Missing if pairs become one text.
   */
  locateInSlices?(
    input: readonly [text: string, pair: string],
    prompt: string,
    options?: InputOptions,
    signal?: AbortSignal,
  ): Promise<LocatedTokens>;
  /** Number of tokens of an input, special tokens counted, uncut. */
  count(input: TextInput, prompt: string): number;
  /** Leading tokens that a prompt makes of an input, for modules that leave them out; 0 if they cannot be told. */
  promptLength(prompt: string): number;
}
