import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EmbedOptions } from "../../src/contracts/encoder.js";
import type { PromptChoice } from "../../src/contracts/prompts.js";

export interface EncoderGolden {
  readonly name: string;
  readonly model: string;
  readonly options: EmbedOptions;
  readonly texts: readonly string[];
  readonly dimensions: number;
  /** float32, [texts, dimensions], in base64. */
  readonly vectors: string;
}

export interface CrossEncoderGolden {
  readonly name: string;
  readonly model: string;
  readonly labels: number;
  /** Missing in the left-padded goldens, which were made without prompts. */
  readonly options?: PromptChoice;
  /** Python's class name. */
  readonly activation: string;
  readonly pairs: readonly (readonly [string, string])[];
  readonly logits: readonly (readonly number[])[];
  /** Results of `predict`: for one label, a number for each pair. */
  readonly scores: readonly (number | readonly number[])[];
  /** Results of `predict` with `apply_softmax`, for several labels. */
  readonly softmax?: readonly (readonly number[])[];
  /** For one label: positions of the pairs with the first pair's query, best first. */
  readonly ranking?: readonly number[];
}

export interface Goldens {
  readonly encoders: readonly EncoderGolden[];
  readonly crossEncoders: readonly CrossEncoderGolden[];
}

const FOLDER = join(__dirname, "../goldens/models");
const read = <Cases>(file: string): Cases =>
  (JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as { cases: Cases }).cases;

/**
 * sentence-transformers' results for the tiny models (tools/oracle/model_goldens.py). Those for left-padded models were made text by text
 * (tools/oracle/left_padding.py), because in Python they depend on the batch. The goldens of single modules are included
 * (tools/oracle/module_goldens.py).
 */
export function readGoldens(): Goldens {
  const leftPadded = read<Goldens>("left-padding.json");
  const names = new Set([...leftPadded.encoders, ...leftPadded.crossEncoders].map(({ name }) => name));
  const rightPadded = <Case extends { readonly name: string }>(file: string) =>
    read<readonly Case[]>(file).filter(({ name }) => !names.has(name));
  const modules = readdirSync(join(FOLDER, "modules")).flatMap((file) =>
    read<readonly EncoderGolden[]>(join("modules", file)),
  );
  return {
    encoders: [...rightPadded<EncoderGolden>("encoders.json"), ...leftPadded.encoders, ...modules],
    crossEncoders: [...rightPadded<CrossEncoderGolden>("cross-encoders.json"), ...leftPadded.crossEncoders],
  };
}

/** Decodes float32 [rows, width] in base64 into one array for each row. */
export function rowsOf(base64: string, width: number): Float32Array[] {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  const values = new Float32Array(bytes.buffer);
  return Array.from({ length: values.length / width }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  );
}
