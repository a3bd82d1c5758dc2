import golden from "../goldens/tokenize/classes.json";
import { type TokenizerGolden, tokenizerSuite } from "../support/tokenizer-suite.js";

tokenizerSuite(
  "settings have the same effect as in transformers' class and sentence-transformers",
  golden as TokenizerGolden,
);
