import { PassQueue } from "./batch/pass-queue.js";
import { PENDING_PASSES } from "./batch/run-batches.js";
import { PositionLimitError } from "./errors/position-limit-error.js";
import { UnsupportedDtypeError } from "./errors/unsupported-dtype-error.js";
import { UnsupportedModuleError } from "./errors/unsupported-module-error.js";
import { positionLimit } from "./graph/architectures/position-limit.js";
import { ADAPTER_INPUT } from "./graph/layers/adapters.js";
import type { KnownList } from "./load-list.js";
import type { ConfigJson } from "./model-source/config-json.js";
import { ModelConfig } from "./model-source/model-config.js";
import type { ModelRoute } from "./models/model-route.js";
import { modelRunner } from "./modules/model-runner.js";
import type { Module } from "./modules/module.js";
import { applyModules, type OpenModules, readLater } from "./modules/open-modules.js";
import type { ReadRows } from "./modules/read-rows.js";
import { tableRunner } from "./modules/table-runner.js";
import { type OpenPartsOptions, openParts } from "./open-parts.js";
import type { InferenceSession } from "./session/inference-session.js";

/**
 * Default number of padded tokens in a forward pass. It was the fastest in measurements with models of 22 to 278 million parameters on a
 * CPU (a pass of 20 long texts takes 1.5 times as long for each text, and twice the memory).
 */
const DEFAULT_BATCH_TOKENS = 512;

/** A list of modules with the function that reads its results. */
export interface LoadedList<Row> extends KnownList<Row> {
  readonly readRows: ReadRows<Row>;
}

/** Groups lists that share a transformer, because one session computes them. A model without a Router has one group with one list. */
export function groupsOf<Row>(lists: readonly LoadedList<Row>[]): LoadedList<Row>[][] {
  const groups: LoadedList<Row>[][] = [];
  for (const list of lists) {
    const folder = list.transformer?.folder;
    const group = groups.find(([first]) => folder !== undefined && first?.transformer?.folder === folder);
    if (group) group.push(list);
    else groups.push([list]);
  }
  return groups;
}

/** The routes of a group of lists. */
export interface OpenGroup<Row> {
  readonly routes: ReadonlyMap<LoadedList<Row>, ModelRoute<Row>>;
  dispose(): Promise<void>;
}

type OpenGroupOptions = Omit<OpenPartsOptions, "paddingSide" | "lastModule" | "sharedModules">;

export async function openGroup<Row>(
  group: readonly LoadedList<Row>[],
  options: OpenGroupOptions,
): Promise<OpenGroup<Row>> {
  const [first] = group as readonly [LoadedList<Row>];
  const { transformer, ownFiles, paddingSide, lastModule } = first;
  if (transformer === undefined) {
    return { routes: new Map([[first, await openTable(first, options)]]), dispose: async () => {} };
  }
  const { model, batchTokens = DEFAULT_BATCH_TOKENS, maxQueuedTokens } = options;
  checkPositions(ownFiles.model, first.config, options.maxLength);
  const [, ...others] = first.modules;
  const { tokenizer, inputs, opened } = await openParts([transformer, ...others], ownFiles, {
    ...options,
    paddingSide,
    lastModule,
    sharedModules: group.length > 1 ? sharedModules(group) : undefined,
  });
  const { session } = opened;
  const queue = new PassQueue({
    model,
    slots: () => PENDING_PASSES * session.parallelism,
    maxQueuedTokens,
  });
  const runnerOf = async (list: LoadedList<Row>) => {
    const applied = list === first ? opened.applied : await applyModules(list.modules.slice(opened.count));
    if (list !== first) checkRead(list.modules, opened, options.output);
    const readsPromptLength = list.modules.some((module) => module.readsPromptLength);
    const modules = { ...opened, applied };
    const readRows = list.readTokenRows?.(tokenizer) ?? list.readRows;
    return modelRunner({
      model,
      tokenizer,
      inputs,
      modules,
      readRows,
      queue,
      batchTokens,
      readsPromptLength,
    });
  };
  try {
    const routes = await Promise.all(
      group.map(async (list) => {
        const run = await runnerOf(list);
        const { lengths, width } = list;
        const adapters = adaptersIn(session, list.config);
        return [list, { tokenizer, inputs, run, lengths, width, adapters }] as const;
      }),
    );
    return { routes: new Map(routes), dispose: () => opened.dispose() };
  } catch (error) {
    await opened.dispose();
    throw error;
  }
}

/** How many first modules all lists have in common. */
function sharedModules<Row>(group: readonly LoadedList<Row>[]): number {
  const [first, ...others] = group.map(({ entries }) => entries.map((entry) => JSON.stringify(entry)));
  const end = first?.findIndex((entry, i) => others.some((other) => other[i] !== entry)) ?? -1;
  return end < 0 ? (first?.length ?? 0) : Math.max(end, 1);
}

/**
 * Checks that a route reads exactly the feature that the shared session gives.
 * @throws UnsupportedModuleError if it reads other features
 */
function checkRead(modules: readonly Module[], { count, feature }: OpenModules, output: string): void {
  const read = readLater(modules, count, output);
  if (read.length === 1 && read[0] === feature) return;
  const got = `a route that reads ${read.join(" and ")} of a shared transformer`;
  throw new UnsupportedModuleError("module", got, [`a route that reads ${feature}`]);
}

/** Number formats that a model without linear layers accepts, because they change nothing there. */
const TABLE_DTYPES = ["fp32", "int8", "q8"];

async function openTable<Row>(list: LoadedList<Row>, options: OpenGroupOptions): Promise<ModelRoute<Row>> {
  const { model, dtype, maxLength } = options;
  if (!TABLE_DTYPES.includes(dtype)) {
    throw new UnsupportedDtypeError(
      model,
      dtype,
      'it reads rows of a table, always in float32: choose "fp32".',
    );
  }
  const [first, ...others] = list.modules;
  const table = await first.openTable!({ maxLength });
  const applied = await applyModules(others);
  const run = tableRunner({ model, table, applied, readRows: list.readRows });
  const { tokenizer, inputs } = table;
  return { tokenizer, inputs, run, lengths: {}, width: list.width, adapters: [] };
}

/** Tasks with adapters, if the graph has a task as an input. */
function adaptersIn({ inputs }: InferenceSession, config: ConfigJson): readonly string[] {
  const readsTask = inputs.some(({ name }) => name === ADAPTER_INPUT);
  return (readsTask && new ModelConfig(config).strings("lora_adaptations")) || [];
}

/** Checks the option maxLength. @throws PositionLimitError if the model has fewer positions */
function checkPositions(model: string, config: ConfigJson, maxLength: number | undefined): void {
  const limit = positionLimit(new ModelConfig(config)) ?? Number.POSITIVE_INFINITY;
  if (maxLength !== undefined && maxLength > limit) throw new PositionLimitError(model, maxLength, limit);
}
