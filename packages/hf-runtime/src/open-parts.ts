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
import { type LoadTokenizerOptions, type ReadTokenizer, readTokenizer } from "./tokenizer/read-tokenizer.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

/** Checks a graph with a fixed number of tokens. @throws UnsupportedInputError if texts may be longer */
function checkFixedTokens({ tokens }: BatchRules, maxLength: number): void {
  if (tokens === undefined || maxLength <= tokens) return;
  const advice = `Its inputs have ${tokens} tokens, and texts may have ${maxLength}: load it with the option maxLength: ${tokens}.`;
  throw new UnsupportedInputError("input_ids", `[…, ${tokens}]`, BATCH_INPUTS, advice);
}

/** Downloads tokenizer.json, if the repository has one. An error is reported where the file is read. */
async function fetchTokenizer(files: ModelFiles): Promise<void> {
  const name = "tokenizer.json";
  await (async () => (await files.has(name)) && files.localPath(name))().catch(() => {});
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
  const tokenizerOptions = { maxLength, sentenceConfig, paddingSide, architectures, markers };
  let found: Promise<ReadTokenizer> | undefined;
  const read = () => {
    found ??= readTokenizer(files, tokenizerOptions);
    return found;
  };
  const padsRight = async () => (await read()).paddingSide === "right";
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  // The graph comes first: its worker then loads it while the tokenizer is read and built here. A last module is part of the graph and needs the tokenizer.
  const building = (lastModule ? read() : begun.then(read)).then(buildTokenizer);
  // From the hub, its largest file still arrives at the same time as the weights.
  void fetchTokenizer(files);
  const open = async () => {
    const all = lastModule ? ([...modules, lastModule(await building)] as const) : modules;
    return openModules(all, files, { ...options, padsRight, onOpening: begin });
  };
  // Without a graph the tokenizer is read anyway, because its error is reported first.
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
