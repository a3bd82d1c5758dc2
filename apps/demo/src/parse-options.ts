import { parseArgs } from "node:util";
import type { DemoOptions } from "./demo-options.js";
import { UsageError } from "./errors/usage-error.js";
import { PRESETS, type PresetName } from "./presets.js";

/** Parses the command line. @throws {UsageError} if an option is invalid; names it, the expected value and the given one */
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
  if (values.dense && values.lexical) throw new UsageError("Expected --dense or --lexical, got both.");
  if (values.file && values.dir) throw new UsageError("Expected --file or --dir, got both.");
  const model = values.reranker === undefined ? "--sagemaker" : "--reranker";
  const isReranker = values.reranker !== undefined || values.sagemaker !== undefined;
  if (values["no-rerank"] && isReranker) throw new UsageError(`Expected --no-rerank or ${model}, got both.`);
  const lexicalOnly = preset.lexicalOnlyRemark !== undefined;
  const chunkSize = count("--chunk-size", values["chunk-size"], preset.chunkSize ?? 500, 1);
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
    mode: values.dense
      ? "dense"
      : values.lexical || (lexicalOnly && values.embeddings === undefined)
        ? "lexical"
        : "hybrid",
    k: count("--k", values.k, 20, 1),
    rerank: isReranker || !(values["no-rerank"] || lexicalOnly),
    topN: count("--top-n", values["top-n"], 3, 1),
    preset: presetName as PresetName,
    note: isReranker || values["no-rerank"] ? undefined : preset.lexicalOnlyRemark,
    embeddings: values.embeddings ?? preset.embeddings,
    reranker: values.reranker ?? preset.reranker,
    sagemaker: values.sagemaker,
    index: values.index,
    force: values.force ?? false,
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
        dense: { type: "boolean" },
        lexical: { type: "boolean" },
        k: { type: "string" },
        "no-rerank": { type: "boolean" },
        "top-n": { type: "string" },
        preset: { type: "string" },
        embeddings: { type: "string" },
        reranker: { type: "string" },
        sagemaker: { type: "string" },
        index: { type: "string" },
        force: { type: "boolean" },
        json: { type: "boolean" },
        quiet: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** Expands `--file a b c` to `--file a --file b --file c`, as long as the following words look like paths. */
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
