import { InvalidOptionError } from "@secondpass/core";
import { checkLoadOptions } from "./check-load-options.js";
import { checkRepository } from "./check-repository.js";
import type { LoadOptions } from "./contracts/load-options.js";
import type { Task } from "./contracts/task.js";
import { resolveModel } from "./hub/resolve-model.js";
import { progressOf } from "./hub/show-progress.js";
import type { InputEncoder } from "./inputs/input-encoder.js";
import { type KnownList, loadList } from "./load-list.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { readSentenceTransformersJson } from "./model-source/read-sentence-transformers-json.js";
import type { ModelEnd } from "./models/model-end.js";
import type { ModelRoute } from "./models/model-route.js";
import { readModuleList } from "./modules/read-module-list.js";
import { groupsOf, type LoadedList, openGroup } from "./open-group.js";
import { type ModelLists, readModelLists } from "./read-model-lists.js";
import { openAll } from "./session/open-all.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

/** A loaded model of any kind. */
export interface LoadedModel<Settings, Row = Float32Array> extends ModelLists {
  readonly model: string;
  readonly settings: Settings;
  /** At least one; several if a Router chooses by the task. */
  readonly routes: readonly ModelRoute<Row>[];
  /**
   * Finds the route of texts.
   * @param task what they are for; undefined if the caller gives no task
   * @throws UnknownRouteError if there is no route for the task
   */
  route(task: Task | undefined): ModelRoute<Row>;
  /** Maximum count of numbers in a sparse vector, if a module sets it. */
  readonly activeDims: number | undefined;
  readonly dispose: () => Promise<void>;
}

/**
 * Loads a model from a folder or the hub: its modules, its tokenizer, and a session for each transformer.
 * @param end what distinguishes embedders from rerankers
 */
export async function loadModel<Settings, Row>(
  options: LoadOptions,
  end: ModelEnd<Settings, Row>,
): Promise<LoadedModel<Settings, Row>> {
  checkLoadOptions(options, end.loader);
  const { model, signal, dtype = "fp32" } = options;
  const onProgress = progressOf(options.onProgress);
  signal?.throwIfAborted();
  end.checkOptions?.(options);
  onProgress?.({ kind: "load", model, step: "files" });
  const files = await resolveModel({ ...options, onProgress, organization: end.organization });
  await checkRepository(files, end.kind);
  const own = await readSentenceTransformersJson(files, end.kind);
  const listed = await readModuleList(files);
  const isOwn = own !== undefined || (end.readsOtherLists === true && listed.length > 0);
  const { entries, lists, placeOf } = await readModelLists(files, isOwn);
  if (own !== undefined && options.pooling !== undefined) {
    const expected = "left out, because modules.json of the model defines how its tokens are pooled";
    throw new InvalidOptionError("pooling", expected, options.pooling);
  }
  const known = await Promise.all(
    lists.map((list) => loadList(files, list, end, { options, isOwn, listed })),
  );
  const [{ config, task, modules, width }] = known as [KnownList<Row>];
  const settings = await end.settings({ files, config, own, task, modules, width });
  const loaded = known.map((list) => ({ ...list, readRows: end.readRows(list.modules, settings) }));

  const opening = groupsOf(loaded).map((group) => {
    const { deferWorkers } = end;
    const [{ output }] = group as [LoadedList<Row>];
    const context = {
      dtype,
      output,
      deferWorkers,
      sentenceConfig: own !== undefined,
      readsPairs: end.kind === "CrossEncoder",
      markers: end.markers?.(settings),
      readInputs: async (inner: InputEncoder, ownFiles: ModelFiles, tokenizer: TextTokenizer) =>
        (await end.inputs?.(inner, {
          files: ownFiles,
          tokenizer,
          settings,
          isListed: own !== undefined,
          maxLength: options.maxLength,
        })) ?? inner,
    };
    return openGroup(group, { ...options, onProgress, ...context });
  });
  const groups = await openAll(opening);
  onProgress?.({ kind: "load", model, step: "ready" });
  const routes = new Map(groups.flatMap(({ routes }) => [...routes]));
  return {
    model,
    files,
    entries,
    lists,
    placeOf,
    settings,
    routes: loaded.map((list) => routes.get(list)!),
    activeDims: loaded.flatMap(({ modules }) => modules.flatMap(({ activeDims = [] }) => activeDims))[0],
    route: (task) => routes.get(loaded[placeOf(task)]!)!,
    dispose: async () => {
      await Promise.all(groups.map((group) => group.dispose()));
    },
  };
}
