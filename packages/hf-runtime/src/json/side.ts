/** A side of a text in a model's files: tokenizer.json writes "Left", tokenizer_config.json "left". */
export type Side = "left" | "right" | "Left" | "Right";
