import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ArchitectureGolden, seededFolder } from "./architecture-goldens.js";
import type { GoldenTensor, GraphCase } from "./graph-case.js";

/** A case of {@link decoderGolden}; its `patch` is already part of `config`. */
export interface DecoderCase extends GraphCase {
  readonly config: Readonly<Record<string, unknown>>;
  /** A key of the golden's `weights`. */
  readonly weights: string;
  /** Causal logits of `tokens` after each text's last token: [batch, tokens]. */
  readonly tokens: readonly number[];
  readonly tokenLogits: GoldenTensor;
}

/** transformers' results for causal models, in every configuration that changes results (tools/oracle/decoder_goldens.py). */
export const decoderGolden: Pick<ArchitectureGolden, "batches" | "seed"> & {
  readonly weights: Readonly<Record<string, ArchitectureGolden["tensors"]>>;
  readonly cases: readonly DecoderCase[];
} = JSON.parse(readFileSync(join(__dirname, "../goldens/models/decoders.json"), "utf8"));

const byModel: ReadonlyMap<string, DecoderCase> = new Map(
  decoderGolden.cases.map((test) => [test.model, test]),
);

/** The folder of a case's model; undefined for another golden's model. */
export function decoderFolder(model: string): string | undefined {
  const test = byModel.get(model);
  if (test === undefined) return undefined;
  const { seed, weights } = decoderGolden;
  return seededFolder(model, { config: test.config, seed, tensors: weights[test.weights]! });
}
