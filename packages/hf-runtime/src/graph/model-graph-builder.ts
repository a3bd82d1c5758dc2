import type { ModelConfig } from "../model-source/model-config.js";
import type { Architecture } from "./architectures/architecture.js";
import type { Int8WeightType } from "./int8/int8-weight-type.js";
import type { LongTexts } from "./layers/long-texts.js";
import { ModelBuilder, type Operators, type Precision } from "./layers/model-builder.js";
import type { WeightStore } from "./weights/weight-store.js";

/** Settings of a graph. */
export interface ModelGraphSettings {
  readonly precision: Precision;
  readonly operators: Operators;
  /** Element type of the inputs. */
  readonly inputType: "int32" | "int64";
  /** How quantised weights are stored. */
  readonly int8Type: Int8WeightType;
  readonly longTexts: LongTexts;
  /** Whether the last layer is computed for the first token only, because later modules read no other. Padding is on the right then. */
  readonly firstTokenOnly: boolean;
  /** See {@link ModelGraphOptions.sharesPrefix}. */
  readonly sharesPrefix: boolean;
}

/** Builder that a model's modules write into: a {@link ModelBuilder} with the transformer's architecture. */
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
