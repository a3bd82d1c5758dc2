import { BATCH_INPUTS, type BatchRules } from "./batch/batch-rules.js";
import type { LoadOptions } from "./contracts/load-options.js";
import { UnsupportedInputError } from "./errors/unsupported-input-error.js";
import { architectureTokenizers } from "./graph/architectures/architecture-tokenizers.js";
import type { InputEncoder } from "./inputs/input-encoder.js";
import { loadInputs } from "./inputs/load-inputs.js";
import type { ModelFiles } from "./model-source/model-files.js";
import type { Module } from "./modules/module.js";
import { type OpenModules, type OpenModulesOptions, openModules } from "./modules/open-modules.js";
import type { TransformerModule } from "./modules/transformer.js";
import { buildTokenizer } from "./tokenizer/load-tokenizer.js";
import { type LoadTokenizerOptions, readTokenizer } from "./tokenizer/read-tokenizer.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

/** Checks a graph with a fixed number of tokens. @throws UnsupportedInputError if texts may be longer */
function checkFixedTokens({ tokens }: BatchRules, maxLength: number): void {
  if (tokens === undefined || maxLength <= tokens) return;
  const advice = `Its inputs have ${tokens} tokens, and texts may have ${maxLength}: load it with the option maxLength: ${tokens}.`;
  throw new UnsupportedInputError("input_ids", `[…, ${tokens}]`, BATCH_INPUTS, advice);
}

/** The parts of a model that take a long time to load. */
interface OpenParts {
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  readonly opened: OpenModules;
}

export interface OpenPartsOptions
  extends Omit<LoadOptions, "dtype">,
    Pick<OpenModulesOptions, "deferWorkers" | "dtype" | "output" | "sharedModules">,
    Pick<LoadTokenizerOptions, "paddingSide"> {
  /** Whether sentence-transformers' own files of the model apply. */
  readonly sentenceConfig: boolean;
  readonly readsPairs: boolean;
  /** See {@link LoadTokenizerOptions.markers}. */
  readonly markers: readonly string[] | undefined;
  /** Lets the model's end change how inputs are read. */
  readonly readInputs: (
    inner: InputEncoder,
    ownFiles: ModelFiles,
    tokenizer: TextTokenizer,
  ) => Promise<InputEncoder>;
  /** Makes the last module, which needs the tokenizer. */
  readonly lastModule: ((tokenizer: TextTokenizer) => Module) | undefined;
}

/**
 * Builds the tokenizer here while the weights load in their workers. If either fails, an open session is disposed.
 * @param files the transformer's files
 */
export async function openParts(
  modules: readonly [TransformerModule, ...Module[]],
  files: ModelFiles,
  options: OpenPartsOptions,
): Promise<OpenParts> {
  const {
    model,
    maxLength,
    sentenceConfig,
    paddingSide,
    readsPairs,
    lastModule,
    markers,
    readInputs,
    signal,
  } = options;
  const onProgress = options.onProgress || undefined;
  onProgress?.({ kind: "load", model, step: "tokenizer" });
  const architectures = architectureTokenizers;
  const found = readTokenizer(files, { maxLength, sentenceConfig, paddingSide, architectures, markers });
  const padsRight = async () => (await found).paddingSide === "right";
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  // The graph comes first: its worker then loads it while the tokenizer is built here. A last module is part of the graph and needs the tokenizer.
  const building = Promise.all([found, lastModule ? undefined : begun]).then(([read]) =>
    buildTokenizer(read),
  );
  const open = async () => {
    const all = lastModule ? ([...modules, lastModule(await building)] as const) : modules;
    return openModules(all, files, { ...options, padsRight, onOpening: begin });
  };
  const opening = open().finally(begin);
  // Add a handler now, because the session may fail while the tokenizer is still being built.
  const settled = opening.catch(() => undefined);
  const reading = building.then(async (tokenizer) =>
    readInputs(
      await loadInputs(files, tokenizer, { isListed: sentenceConfig, readsPairs }),
      files,
      tokenizer,
    ),
  );
  try {
    const [tokenizer, inputs] = await Promise.all([building, reading]);
    onProgress?.({ kind: "load", model, step: "session" });
    const opened = await opening;
    checkFixedTokens(opened.rules, tokenizer.maxLength);
    signal?.throwIfAborted();
    return { tokenizer, inputs, opened };
  } catch (error) {
    await (await settled)?.dispose();
    throw error;
  }
}
