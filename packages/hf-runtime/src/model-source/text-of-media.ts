/** Types of models that also read images, whose text half is supported here. Its settings are in `text_config`. */
export const TEXT_OF_MEDIA: readonly string[] = ["qwen2_vl", "qwen2_5_vl", "qwen3_vl"];
