import { albertTokenizer } from "./albert-tokenizer.js";
import { bertTokenizer } from "./bert-tokenizer.js";
import { debertaTokenizer } from "./deberta-tokenizer.js";
import { debertaV2Tokenizer } from "./deberta-v2-tokenizer.js";
import { robertaTokenizer } from "./roberta-tokenizer.js";
import type { TokenizerClass } from "./tokenizer-class.js";
import { xlmRobertaTokenizer } from "./xlm-roberta-tokenizer.js";

/** The pipelines that classes of transformers build. All other classes go by tokenizer.json alone. */
export const tokenizerClasses: readonly TokenizerClass[] = [
  albertTokenizer,
  bertTokenizer,
  debertaTokenizer,
  debertaV2Tokenizer,
  robertaTokenizer,
  xlmRobertaTokenizer,
];
