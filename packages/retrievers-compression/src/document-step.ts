import type { Callbacks } from "@langchain/core/callbacks/manager";
import type { DocumentInterface } from "@langchain/core/documents";
import { Runnable, type RunnableConfig } from "@langchain/core/runnables";
import { NotDocumentsError } from "./errors/not-documents-error.js";
import { UnknownStepError } from "./errors/unknown-step-error.js";

/** Chooses, orders or shortens documents by a query, such as LangChain's `BaseDocumentCompressor`. */
export interface DocumentCompressor {
  compressDocuments(
    documents: DocumentInterface[],
    query: string,
    callbacks?: Callbacks,
  ): Promise<DocumentInterface[]>;
}

/** Changes documents without a query, such as LangChain's `BaseDocumentTransformer` (text splitters, for example). */
export interface DocumentTransformer {
  transformDocuments(documents: DocumentInterface[]): Promise<DocumentInterface[]>;
}

/** A step between a retriever and its caller. */
export type DocumentStep = DocumentCompressor | DocumentTransformer;

/** A compressor whose third argument may be a whole config, so that signal and per-call settings reach it. */
interface ConfigAwareCompressor {
  readonly acceptsConfig: true;
  compressDocuments(
    documents: DocumentInterface[],
    query: string,
    config?: RunnableConfig,
  ): Promise<DocumentInterface[]>;
}

/**
 * @param option where the value was given, for the message
 * @throws {UnknownStepError} if it is neither compressor nor transformer
 */
export function checkStep(option: string, value: DocumentStep): DocumentStep {
  if (hasMethod(value, "compressDocuments") || hasMethod(value, "transformDocuments")) return value;
  throw new UnknownStepError(option, value);
}

/**
 * Runs one step with the part of the config that it accepts: all of it for this package's compressors and for Runnables,
 * only the callbacks for other compressors.
 *
 * @throws {NotDocumentsError} if the step returns something other than documents
 */
export async function runStep(
  step: DocumentStep,
  documents: DocumentInterface[],
  query: string,
  config: RunnableConfig,
): Promise<DocumentInterface[]> {
  config.signal?.throwIfAborted();
  return checkDocuments(nameOf(step), await start(step, documents, query, config));
}

/** @throws {NotDocumentsError} unless the value is a list of documents */
export function checkDocuments(source: string, value: unknown): DocumentInterface[] {
  if (!Array.isArray(value) || !value.every(isDocument)) throw new NotDocumentsError(source, value);
  return value;
}

/** Name of a value for messages: its class. */
export function nameOf(value: object): string {
  return value.constructor?.name ?? "object";
}

function start(step: DocumentStep, documents: DocumentInterface[], query: string, config: RunnableConfig) {
  if (takesConfig(step)) return step.compressDocuments(documents, query, config);
  if ("compressDocuments" in step) return step.compressDocuments(documents, query, config.callbacks);
  // `invoke` passes callbacks and signal on; transformDocuments accepts neither.
  if (isTransformingRunnable(step)) return step.invoke(documents, config);
  return step.transformDocuments(documents);
}

function takesConfig(step: object): step is ConfigAwareCompressor {
  return "acceptsConfig" in step && step.acceptsConfig === true;
}

function isTransformingRunnable(
  step: DocumentTransformer,
): step is DocumentTransformer & Runnable<DocumentInterface[], DocumentInterface[]> {
  return Runnable.isRunnable(step);
}

function isDocument(value: unknown): value is DocumentInterface {
  return typeof (value as DocumentInterface | null | undefined)?.pageContent === "string";
}

function hasMethod(value: unknown, method: string): boolean {
  return typeof (value as Record<string, unknown> | null | undefined)?.[method] === "function";
}
