import { ChatTemplateError } from "../errors/chat-template-error.js";
import { UnsupportedSettingError } from "../errors/unsupported-setting-error.js";
import { wordingOf } from "../graph/architectures/wording-of.js";
import { configJson } from "../model-source/config-json.js";
import { isListwise } from "../model-source/is-listwise.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { prunesText } from "../model-source/prunes-text.js";
import type { SentenceConfigJson } from "../tokenizer/json/sentence-config-json.js";
import { spellingOf } from "../tokenizer/json/special-token-json.js";
import { type TokenizerConfigJson, tokenizerConfigJson } from "../tokenizer/json/tokenizer-config-json.js";
import { readSentenceConfig } from "../tokenizer/read-sentence-config.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { SPECIAL_TOKEN_NAMES } from "../tokenizer/tokenizer-class/special-token-names.js";
import { chatInputs } from "./chat-inputs.js";
import type { MessageFormat } from "./chat-message.js";
import type { InputEncoder } from "./input-encoder.js";
import { plainInputs } from "./plain-inputs.js";
import { readChatTemplate } from "./read-chat-template.js";
import { wordedInputs } from "./worded-inputs.js";

/** Parts of a template's source that show that it expects structured content, by sentence-transformers' rule. */
const STRUCTURED = ["content[0]", ".type", "'type'", '"type"', "message.content["];

/** Settings of the rendering that are not variables of the template. The last three have no effect here. */
const RENDERING = ["restore_suffix", "padding", "return_tensors", "return_dict"];
/** Settings of the rendering that are not supported here. */
const UNKNOWN = [
  "truncation",
  "max_length",
  "tools",
  "documents",
  "chat_template",
  "continue_final_message",
  "tokenize",
];

export interface LoadInputsOptions {
  /** Whether modules.json lists the transformer. */
  readonly isListed: boolean;
  readonly readsPairs: boolean;
}

/**
 * Loads the encoder of a model's inputs. It uses the chat template if sentence-transformers does, else the tokenizer joins the texts. In a
 * repository with modules.json, sentence_bert_config.json decides. In one without, a template is used if there is one, unless the architecture
 * has its own wording.
 * @param files the transformer's files
 * @throws ChatTemplateError if the template is missing or cannot be used
 */
export async function loadInputs(
  files: ModelFiles,
  tokenizer: TextTokenizer,
  { isListed, readsPairs }: LoadInputsOptions,
): Promise<InputEncoder> {
  const sentence: SentenceConfigJson = (isListed && (await readSentenceConfig(files, ""))) || {};
  const message = sentence.modality_config?.message;
  if (isListed && !message) return plainInputs(tokenizer);
  if (readsPairs && !isListed) {
    const config = (await files.readJson("config.json", configJson)) ?? {};
    // These models' texts are joined elsewhere, where all documents of a query are known.
    if (isListwise(config) || prunesText(config)) return plainInputs(tokenizer);
    const wording = wordingOf(config);
    if (wording) return wordedInputs(files.model, tokenizer, wording.text);
  }
  const ownConfig = (await files.readJson("tokenizer_config.json", tokenizerConfigJson)) ?? {};
  const overriding = sentence.processor_kwargs ?? {};
  const config = { ...ownConfig, ...overriding };
  const source = await readChatTemplate(files, config.chat_template);
  if (source === undefined && !isListed) return plainInputs(tokenizer);
  const { model } = files;
  if (source === undefined) throw new ChatTemplateError(model, "it has none, though its inputs are messages");
  const settings = sentence.processing_kwargs?.chat_template ?? {};
  const variables = templateVariables(model, settings);
  // Few models have a template, and importing the library of templates takes as long as reading a vocabulary.
  const { chatTemplate } = await import("./chat-template.js");
  return chatInputs({
    model,
    tokenizer,
    template: chatTemplate(model, source, { ...specialTokens(config), ...variables }),
    format: formatOf(model, message?.format, source),
    readsPairs,
    restoresSuffix: settings.restore_suffix !== false,
  });
}

/** The form of messages' content. @throws UnsupportedSettingError for a form that sentence-transformers does not have */
function formatOf(model: string, configured: string | null | undefined, source: string): MessageFormat {
  if (configured === "flat" || configured === "structured") return configured;
  if (configured !== undefined && configured !== "auto") {
    throw new UnsupportedSettingError(model, {
      path: "sentence_bert_config.json",
      key: "modality_config.message.format",
      expected: '"structured", "flat" or "auto"',
      actual: configured,
    });
  }
  return STRUCTURED.some((part) => source.includes(part)) ? "structured" : "flat";
}

function templateVariables(model: string, settings: Readonly<Record<string, unknown>>) {
  const unknown = UNKNOWN.find((name) => Object.hasOwn(settings, name));
  if (unknown !== undefined) {
    throw new ChatTemplateError(model, `its settings have "${unknown}", which is not supported here`);
  }
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !RENDERING.includes(name)));
}

/** Special tokens by name, which templates can read. */
function specialTokens(config: TokenizerConfigJson): Record<string, string> {
  const tokens = SPECIAL_TOKEN_NAMES.map((name) => [name, spellingOf(config[name])] as const);
  return Object.fromEntries(
    tokens.filter((token): token is [(typeof token)[0], string] => token[1] !== undefined),
  );
}
