/** tokenizer.json writes "Left", tokenizer_config.json "left". */
export type Side = "left" | "right" | "Left" | "Right";
