import { ChatTemplateError } from "../errors/chat-template-error.js";
import type { TextInput } from "../prompts/with-prompt.js";
import type { Encoding, TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { chatMessages, type MessageFormat } from "./chat-message.js";
import type { ChatTemplate } from "./chat-template.js";
import type { InputEncoder, InputOptions } from "./input-encoder.js";

/** Options of {@link chatInputs}. */
export interface ChatInputsOptions {
  /** Id or path of the model, for errors. */
  readonly model: string;
  readonly tokenizer: TextTokenizer;
  readonly template: ChatTemplate;
  readonly format: MessageFormat;
  /** Whether inputs are pairs, both texts of which the template must use. */
  readonly readsPairs: boolean;
  /** Whether to keep the template's last tokens if a text is cut. @default true */
  readonly restoresSuffix?: boolean;
  /** Whether the tokenizer adds its special tokens around a rendered text. @default false */
  readonly addsSpecialTokens?: boolean;
}

/** Maximum number of prompts whose suffixes are kept. */
const MAX_SUFFIXES = 256;

/** Test pairs. Each of the last two differs from the first in one text. */
const PROBES: readonly TextInput[] = [
  ["alpha", "bravo"],
  ["charlie", "bravo"],
  ["alpha", "foxtrot"],
];

/** Two texts without common tokens, to find the template's suffix. */
const FILLERS = ["0", "1 2 3 4"] as const;

/**
 * An encoder of inputs as messages that the model's chat template renders. The prompt is the system message. By default the tokenizer adds no
 * special tokens, because the template has them. If the rendered text is too long, it is cut, and the template's last tokens are written over the end
 * of the rest, because the model's answer is read after them.
 * @throws ChatTemplateError if the template does not use both texts of a pair
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
    if (suffixes.size >= MAX_SUFFIXES) suffixes.delete(suffixes.keys().next().value!);
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

/** The common last tokens of both. Empty if one is the end of the other, because then it is unknown which tokens are the template's. */
function commonSuffix(first: Int32Array, second: Int32Array): Int32Array {
  const shorter = Math.min(first.length, second.length);
  let count = 0;
  while (count < shorter && first.at(-1 - count) === second.at(-1 - count)) count += 1;
  return count < shorter ? first.slice(first.length - count) : new Int32Array();
}

/**
 * Checks that the template uses both texts of a pair. A template for a chat between user and assistant does not.
 * @throws ChatTemplateError that names the missing roles
 */
function checkPairs(model: string, render: (pair: TextInput) => string): void {
  const [base, otherQuery, otherDocument] = PROBES.map(render);
  const dropped = [otherQuery === base && "query", otherDocument === base && "document"].filter(Boolean);
  if (dropped.length === 0) return;
  const roles = dropped.map((role) => `"${role}"`).join(" and ");
  throw new ChatTemplateError(model, `it leaves out messages of role ${roles}`);
}
