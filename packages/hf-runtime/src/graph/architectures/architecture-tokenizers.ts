import type { ArchitectureTokenizers } from "../../tokenizer/tokenizer-class/architecture-tokenizers.js";
import { architectures } from "./architectures.js";

/** What the records of all architectures say about their tokenizers. */
export const architectureTokenizers: ArchitectureTokenizers = {
  classes: new Map(architectures.flatMap((one) => Object.entries(one.tokenizerClasses))),
  aliases: new Map(architectures.flatMap((one) => Object.entries(one.tokenizerAliases ?? {}))),
  positionsAfterPadding: new Set(
    architectures.filter((one) => one.positionsAfterPadding).flatMap((one) => one.modelTypes),
  ),
};
