import type { ArchitectureTokenizers } from "../../tokenizer/tokenizer-class/architecture-tokenizers.js";
import { architectures } from "./architectures.js";

/** The tokenizer settings of all architectures. */
export const architectureTokenizers: ArchitectureTokenizers = {
  classes: new Map(architectures.flatMap((one) => Object.entries(one.tokenizerClasses))),
  aliases: new Map(architectures.flatMap((one) => Object.entries(one.tokenizerAliases ?? {}))),
  positionsAfterPadding: new Set(
    architectures.filter((one) => one.positionsAfterPadding).flatMap((one) => one.modelTypes),
  ),
};
