import { checkIndexOption } from "@secondpass/faiss";
import { strategyOf } from "./contents/distance-strategy.js";
import type { StoreSettings } from "./contents/store-contents.js";
import type { FaissStoreOptions } from "./faiss-store-options.js";
import type { OpenedStore } from "./persistence/read-store.js";

/** The settings by which a store compares vectors: from its options, otherwise as it was saved. @throws InvalidArgumentError, UnknownOptionError for `index` */
export function storeSettings(options: FaissStoreOptions, opened?: OpenedStore): StoreSettings {
  if (options.index !== undefined) checkIndexOption(options.index);
  const metricStrategy = opened === undefined ? undefined : strategyOf(opened.metric);
  return {
    distanceStrategy: options.distanceStrategy ?? opened?.link?.distanceStrategy ?? metricStrategy ?? "l2",
    normalizeL2: options.normalizeL2 ?? opened?.link?.normalizeL2 ?? false,
    index: options.index ?? { kind: "flat" },
  };
}
