import { parseArgs } from "node:util";
import { UsageError } from "./errors.js";
import { PRESETS, type PresetName } from "./presets.js";

/** What the command line asks for. */
export interface DemoOptions {
  readonly query: string;
  readonly files: readonly string[];
  readonly directory: string | undefined;
  /** Of the files; by the byte order mark or UTF-8 where not given. */
  readonly encoding: string | undefined;
  /** Characters (code points). */
  readonly chunkSize: number;
  readonly chunkOverlap: number;
  /** Candidates of the first pass. */
  readonly k: number;
  /** Documents that the second pass keeps. */
  readonly topN: number;
  readonly preset: PresetName;
  /** Hub id or folder. */
  readonly embeddings: string;
  readonly reranker: string;
  /** Name of a SageMaker endpoint that scores instead of a local reranker. */
  readonly sagemaker: string | undefined;
  /** Folder where the index is saved and found again. */
  readonly index: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
}

export const HELP = `Usage: npm run demo -- [query] [options]

Loads texts, cuts them, embeds the chunks, retrieves the nearest and lets a cross-encoder put the best first.
Without options: this project's own guide, with the two mini models, offline.

  --file PATH…         text or Markdown files to search (may be repeated)
  --dir PATH           a folder of text and Markdown files
  --encoding NAME      of the files, such as windows-1252 or cp949 (UTF-8, or what the byte order mark says)
  --chunk-size N       longest chunk in characters (500)
  --chunk-overlap N    characters that neighbouring chunks share (100)
  --k N                candidates of the first pass (20)
  --top-n N            documents that the second pass keeps (3)
  --preset NAME        mini (default), or notebook: State of the Union, msmarco-distilbert-dot-v5, bge-reranker-base
  --embeddings MODEL   hub id or folder of an embedding model
  --reranker MODEL     hub id or folder of a cross-encoder
  --sagemaker NAME     score on this SageMaker endpoint instead of a local cross-encoder
  --index DIR          save the index there once, reuse it afterwards
  --json               one JSON document instead of text
  --quiet              results only
  --help
`;

/** @throws {UsageError} naming the option, what it takes and what came */
export function parseOptions(args: readonly string[]): DemoOptions {
  const { values, positionals } = parse(args);
  const presetName = values.preset ?? "mini";
  if (!Object.hasOwn(PRESETS, presetName)) {
    throw new UsageError(
      `Expected --preset to be one of ${Object.keys(PRESETS).join(", ")}, got "${presetName}".`,
    );
  }
  const preset = PRESETS[presetName as PresetName];
  const query = positionals.length > 0 ? positionals.join(" ") : preset.query;
  if (query.trim() === "") throw new UsageError("Expected a question, got a blank one.");
  if (values.file && values.dir) throw new UsageError("Expected --file or --dir, got both.");
  const chunkSize = count("--chunk-size", values["chunk-size"], 500, 1);
  const chunkOverlap = count(
    "--chunk-overlap",
    values["chunk-overlap"],
    Math.min(100, Math.floor(chunkSize / 5)),
    0,
  );
  if (chunkOverlap >= chunkSize) {
    throw new UsageError(`Expected --chunk-overlap below --chunk-size (${chunkSize}), got ${chunkOverlap}.`);
  }
  return {
    query,
    files: values.file ?? [],
    directory: values.dir,
    encoding: values.encoding,
    chunkSize,
    chunkOverlap,
    k: count("--k", values.k, 20, 1),
    topN: count("--top-n", values["top-n"], 3, 1),
    preset: presetName as PresetName,
    embeddings: values.embeddings ?? preset.embeddings,
    reranker: values.reranker ?? preset.reranker,
    sagemaker: values.sagemaker,
    index: values.index,
    json: values.json ?? false,
    quiet: values.quiet ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: spreadFiles(args),
      allowPositionals: true,
      options: {
        file: { type: "string", multiple: true },
        dir: { type: "string" },
        encoding: { type: "string" },
        "chunk-size": { type: "string" },
        "chunk-overlap": { type: "string" },
        k: { type: "string" },
        "top-n": { type: "string" },
        preset: { type: "string" },
        embeddings: { type: "string" },
        reranker: { type: "string" },
        sagemaker: { type: "string" },
        index: { type: "string" },
        json: { type: "boolean" },
        quiet: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** `--file a b c` means `--file a --file b --file c`, as long as the further words look like paths. */
function spreadFiles(args: readonly string[]): string[] {
  const spread: string[] = [];
  let inFiles = false;
  for (const [index, arg] of args.entries()) {
    if (arg.startsWith("-")) inFiles = arg === "--file";
    else if (inFiles && args[index - 1] !== "--file") {
      if (/\s/.test(arg) || !/\.\w+$/.test(arg)) inFiles = false;
      else spread.push("--file");
    }
    spread.push(arg);
  }
  return spread;
}

function count(name: string, value: string | undefined, fallback: number, minimum: number): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < minimum || value.trim() === "") {
    throw new UsageError(`Expected ${name} to be a whole number of at least ${minimum}, got "${value}".`);
  }
  return number;
}
