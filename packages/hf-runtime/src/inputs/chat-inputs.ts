import { ChatTemplateError } from "../errors/chat-template-error.js";
import type { TextInput } from "../prompts/with-prompt.js";
import type { Encoding, TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { chatMessages, type MessageFormat } from "./chat-message.js";
import type { ChatTemplate } from "./chat-template.js";
import type { InputEncoder, InputOptions } from "./input-encoder.js";

/** What {@link chatInputs} needs. */
export interface ChatInputsOptions {
  /** Id or path of the model, for errors. */
  readonly model: string;
  readonly tokenizer: TextTokenizer;
  readonly template: ChatTemplate;
  readonly format: MessageFormat;
  /** Whether inputs are pairs, for which the template must have a place. */
  readonly readsPairs: boolean;
  /** Whether the tokens that end a template stay if a text is cut. @default true */
  readonly restoresSuffix?: boolean;
  /** Whether the tokenizer puts its special tokens around a rendered text. @default false */
  readonly addsSpecialTokens?: boolean;
}

/** Suffixes of so many prompts are kept. */
const MOST_SUFFIXES = 256;

/** Pairs of which each of the last two differs from the first in one text. */
const PROBES: readonly TextInput[] = [
  ["alpha", "bravo"],
  ["charlie", "bravo"],
  ["alpha", "foxtrot"],
];

/** Texts in place of an input's, whose tokens have nothing in common. */
const FILLERS = ["0", "1 2 3 4"] as const;

/**
 * Inputs as messages, rendered by the model's chat template; the prompt is the system's message. The tokenizer adds no special tokens
 * unless told to: the template has them. Where a text is too long, the rendered text is cut, and the tokens that end every rendering are written over
 * the end of what stays, since models read their answer after them.
 * @throws ChatTemplateError if the template has no place for a pair
 */
export function chatInputs(options: ChatInputsOptions): InputEncoder {
  const { model, tokenizer, template, format, readsPairs, restoresSuffix = true } = options;
  const addSpecialTokens = options.addsSpecialTokens ?? false;
  const render = (input: TextInput, prompt: string, task?: string) =>
    template(chatMessages(input, prompt, format), task);
  if (readsPairs) checkPairs(model, (pair) => render(pair, ""));
  const suffixes = new Map<string, Int32Array>();

  const suffixOf = ([, pair]: TextInput, prompt: string, task: string | undefined): Int32Array => {
    const key = `${pair === undefined ? "text" : "pair"} ${task} ${prompt}`;
    const known = suffixes.get(key);
    if (known !== undefined) return known;
    const [first, second] = FILLERS.map((filler) => {
      const input: TextInput = pair === undefined ? [filler] : [filler, filler];
      const uncut = { addSpecialTokens, maxLength: Number.MAX_SAFE_INTEGER };
      return tokenizer.encode(render(input, prompt, task), undefined, uncut).ids;
    }) as [Int32Array, Int32Array];
    const suffix = commonSuffix(first, second);
    if (suffixes.size >= MOST_SUFFIXES) suffixes.delete(suffixes.keys().next().value!);
    suffixes.set(key, suffix);
    return suffix;
  };

  const restored = (
    encoding: Encoding,
    input: TextInput,
    prompt: string,
    { maxLength = tokenizer.maxLength, task }: InputOptions,
  ): Encoding => {
    const { ids } = encoding;
    if (!restoresSuffix || ids.length < maxLength) return encoding;
    const suffix = suffixOf(input, prompt, task);
    const kept = Math.min(suffix.length, ids.length);
    ids.set(suffix.subarray(suffix.length - kept), ids.length - kept);
    return encoding;
  };

  return {
    encodeInSlices(input, prompt, options = {}, signal) {
      const { task, maxLength, truncationSide } = options;
      const uncut = render(input, prompt, task);
      const cut = { addSpecialTokens, maxLength, truncationSide };
      const found = tokenizer.encodeInSlices(uncut, undefined, cut, signal);
      if (found instanceof Promise)
        return found.then((encoding) => restored(encoding, input, prompt, options));
      return restored(found, input, prompt, options);
    },
    count(input, prompt) {
      return tokenizer.count(render(input, prompt), undefined, { addSpecialTokens });
    },
    promptLength: () => 0,
  };
}

/** The tokens that both end in; none if one is the end of the other, so that nothing tells what is template. */
function commonSuffix(first: Int32Array, second: Int32Array): Int32Array {
  const shorter = Math.min(first.length, second.length);
  let count = 0;
  while (count < shorter && first.at(-1 - count) === second.at(-1 - count)) count += 1;
  return count < shorter ? first.slice(first.length - count) : new Int32Array();
}

/**
 * Checks that both texts of a pair get into what the model reads: a template of a chat between user and assistant has no place for them.
 * @throws ChatTemplateError
 */
function checkPairs(model: string, render: (pair: TextInput) => string): void {
  const [base, otherQuery, otherDocument] = PROBES.map(render);
  const dropped = [otherQuery === base && "query", otherDocument === base && "document"].filter(Boolean);
  if (dropped.length === 0) return;
  const roles = dropped.map((role) => `"${role}"`).join(" and ");
  throw new ChatTemplateError(model, `it leaves out messages of role ${roles}`);
}
