import golden from "../goldens/tokenize/classes.json";
import { type TokenizerGolden, tokenizerSuite } from "../support/tokenizer-suite.js";

tokenizerSuite(
  "settings count as they do for transformers' class and sentence-transformers",
  golden as TokenizerGolden,
);
