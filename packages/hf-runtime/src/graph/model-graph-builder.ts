import type { ModelConfig } from "../model-source/model-config.js";
import type { Architecture } from "./architectures/architecture.js";
import type { Int8WeightType } from "./int8/int8-weight-type.js";
import type { LongTexts } from "./layers/long-texts.js";
import { ModelBuilder, type Operators, type Precision } from "./layers/model-builder.js";
import type { WeightStore } from "./weights/weight-store.js";

/** How a graph is built. */
export interface ModelGraphSettings {
  readonly precision: Precision;
  readonly operators: Operators;
  /** Element type of the inputs. */
  readonly inputType: "int32" | "int64";
  /** How quantised weights are stored. */
  readonly int8Type: Int8WeightType;
  readonly longTexts: LongTexts;
  /** The last layer is computed for the first token alone: what follows reads no other. Padding is on the right. */
  readonly firstTokenOnly: boolean;
  /** See {@link ModelGraphOptions.sharesPrefix}. */
  readonly sharesPrefix: boolean;
}

/** What the modules of a model write into: a {@link ModelBuilder} that knows the transformer's architecture. */
export class ModelGraphBuilder extends ModelBuilder {
  readonly firstTokenOnly: boolean;
  readonly sharesPrefix: boolean;
  readonly inputNames: readonly string[];

  constructor(
    readonly architecture: Architecture,
    config: ModelConfig,
    weights: WeightStore,
    {
      precision,
      operators,
      inputType,
      int8Type,
      longTexts,
      firstTokenOnly,
      sharesPrefix,
    }: ModelGraphSettings,
  ) {
    const inputNames = ["input_ids", "attention_mask"];
    if (architecture.segments(config) > 1) inputNames.push("token_type_ids");
    super(config, weights, precision, inputType, inputNames, operators, int8Type, longTexts);
    this.inputNames = inputNames;
    this.firstTokenOnly = firstTokenOnly;
    this.sharesPrefix = sharesPrefix;
  }
}
