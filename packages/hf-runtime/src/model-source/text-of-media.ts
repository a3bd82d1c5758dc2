/** Model types of models that read images, too, and whose text half is built here. Their text's settings are in `text_config`. */
export const TEXT_OF_MEDIA: readonly string[] = ["qwen2_vl", "qwen2_5_vl", "qwen3_vl"];
