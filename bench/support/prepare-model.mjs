import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { cacheFolder } from "./cache-folder.mjs";
import { makeTokenizer } from "./make-tokenizer.mjs";
import { SHAPES } from "./shapes.mjs";
import { writeSafetensors } from "./write-safetensors.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
/** Ignored by git; the models are some 2.5 GB in all, and are made once. */
const CACHE = cacheFolder("models");
/** Real tokenizers, on machines that have the development data. */
const REAL_TOKENIZERS = join(HERE, "../../../shared/data/tokenizers");

/**
 * Makes a model folder of a shape, with random weights, once.
 * @param {string} name of SHAPES
 * @param {{ python?: string }} options python that exports the peers' ONNX files; without it, ours only
 * @returns {{ folder: string, realTokenizer: boolean, hasOnnx: boolean }}
 */
export function prepareModel(name, { python } = {}) {
  const shape = SHAPES[name];
  const folder = join(CACHE, name);
  const real = shape.likeTokenizer && join(REAL_TOKENIZERS, shape.likeTokenizer);
  const realTokenizer = real !== undefined && existsSync(real);
  if (!existsSync(join(folder, "model.safetensors"))) {
    mkdirSync(folder, { recursive: true });
    writeJson(join(folder, "config.json"), shape.config);
    writeTokenizer(folder, shape, realTokenizer ? real : undefined);
    if (shape.task === "embed") writeModules(folder, shape.config.hidden_size ?? shape.config.dim);
    for (const [path, content] of Object.entries(shape.files ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (typeof content === "string") writeFileSync(join(folder, path), content);
      else writeJson(join(folder, path), content);
    }
    for (const [part, tensors] of Object.entries(shape.parts ?? {}))
      writeSafetensors(join(folder, part, "model.safetensors"), tensors);
    writeSafetensors(join(folder, "model.safetensors"), shape.tensors(), { dtype: shape.dtype });
  }
  const quantized = join(folder, "onnx/model_quantized.onnx");
  if (python && !existsSync(quantized)) {
    const args = [join(HERE, "export-onnx.py"), folder, shape.task];
    const { status } = spawnSync(python, args, { stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0)
      throw new Error(
        `${python} could not export ${name}: torch, transformers, onnx and onnxruntime are needed.`,
      );
  }
  return { folder, realTokenizer, hasOnnx: existsSync(quantized) };
}

function writeTokenizer(folder, { tokenizer, config }, real) {
  const file = join(folder, "tokenizer.json");
  if (real && existsSync(join(real, "tokenizer.json"))) copyFileSync(join(real, "tokenizer.json"), file);
  else if (real) writeFileSync(file, gunzipSync(readFileSync(join(real, "tokenizer.json.gz"))));
  else writeJson(file, makeTokenizer(tokenizer, config.vocab_size));
  const [tokenizer_class, pad_token] = TOKENIZER_CLASSES[tokenizer];
  const padding = tokenizer === "byteLevel" ? { padding_side: "left" } : {};
  const model_max_length = Math.min(config.max_position_embeddings, 8192);
  writeJson(join(folder, "tokenizer_config.json"), {
    tokenizer_class,
    pad_token,
    ...padding,
    model_max_length,
  });
}

/** Tokenizer class and padding token. */
const TOKENIZER_CLASSES = {
  byteLevel: ["Qwen2Tokenizer", "<|endoftext|>"],
  unigram: ["XLMRobertaTokenizer", "<pad>"],
  wordpiece: ["BertTokenizer", "[PAD]"],
};

/** Mean pooling, normalised. */
function writeModules(folder, width) {
  const modules = [
    ["", "Transformer"],
    ["1_Pooling", "Pooling"],
    ["2_Normalize", "Normalize"],
  ];
  const type = (kind) => `sentence_transformers.models.${kind}`;
  writeJson(
    join(folder, "modules.json"),
    modules.map(([path, kind], idx) => ({ idx, name: String(idx), path, type: type(kind) })),
  );
  mkdirSync(join(folder, "1_Pooling"), { recursive: true });
  const pooling = { word_embedding_dimension: width, pooling_mode_mean_tokens: true };
  writeJson(join(folder, "1_Pooling/config.json"), pooling);
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value)}\n`);
}
