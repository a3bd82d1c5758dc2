import { albertTokenizer } from "./albert-tokenizer.js";
import { bertTokenizer } from "./bert-tokenizer.js";
import { camembertTokenizer } from "./camembert-tokenizer.js";
import { debertaTokenizer } from "./deberta-tokenizer.js";
import { debertaV2Tokenizer } from "./deberta-v2-tokenizer.js";
import { gemmaTokenizer } from "./gemma-tokenizer.js";
import { gpt2Tokenizer } from "./gpt2-tokenizer.js";
import { llamaTokenizer } from "./llama-tokenizer.js";
import { mpnetTokenizer } from "./mpnet-tokenizer.js";
import { phobertTokenizer } from "./phobert-tokenizer.js";
import { qwen2Tokenizer } from "./qwen2-tokenizer.js";
import { robertaTokenizer } from "./roberta-tokenizer.js";
import { t5Tokenizer } from "./t5-tokenizer.js";
import type { TokenizerClass } from "./tokenizer-class.js";
import { xlmRobertaTokenizer } from "./xlm-roberta-tokenizer.js";

/** The pipelines that classes of transformers build. All other classes use tokenizer.json as it is. */
export const tokenizerClasses: readonly TokenizerClass[] = [
  albertTokenizer,
  bertTokenizer,
  camembertTokenizer,
  debertaTokenizer,
  debertaV2Tokenizer,
  gemmaTokenizer,
  gpt2Tokenizer,
  llamaTokenizer,
  mpnetTokenizer,
  phobertTokenizer,
  qwen2Tokenizer,
  robertaTokenizer,
  t5Tokenizer,
  xlmRobertaTokenizer,
];
