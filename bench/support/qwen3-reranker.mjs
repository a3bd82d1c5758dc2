/** Shape of a Qwen3 reranker of any size (config.json, the files beside it, and the tensors); the published 0.6B's numbers by default. */
export function qwen3Reranker({
  layers = 28,
  hidden = 1024,
  heads = 16,
  feedForward = 3072,
  dtype = "BF16",
} = {}) {
  const [keyValueHeads, size] = [8, 128];
  const config = {
    model_type: "qwen3",
    architectures: ["Qwen3ForCausalLM"],
    vocab_size: 151_669,
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    num_key_value_heads: keyValueHeads,
    head_dim: size,
    intermediate_size: feedForward,
    hidden_act: "silu",
    max_position_embeddings: 40_960,
    rms_norm_eps: 1e-6,
    rope_theta: 1_000_000,
    tie_word_embeddings: true,
    attention_bias: false,
    bos_token_id: 151_643,
    eos_token_id: 151_645,
    dtype: dtype === "BF16" ? "bfloat16" : "float32",
  };
  return {
    task: "rerank",
    tokenizer: "byteLevel",
    dtype,
    config,
    // Jinja drops a template's last line break.
    files: { "chat_template.jinja": `${qwenText(contentOf("query"), contentOf("document"))}\n` },
    tensors() {
      const tensors = [["model.embed_tokens.weight", [config.vocab_size, hidden]]];
      for (let layer = 0; layer < layers; layer++) {
        const at = `model.layers.${layer}.`;
        tensors.push(
          [`${at}input_layernorm.weight`, [hidden]],
          [`${at}self_attn.q_proj.weight`, [heads * size, hidden]],
          [`${at}self_attn.k_proj.weight`, [keyValueHeads * size, hidden]],
          [`${at}self_attn.v_proj.weight`, [keyValueHeads * size, hidden]],
          [`${at}self_attn.q_norm.weight`, [size]],
          [`${at}self_attn.k_norm.weight`, [size]],
          [`${at}self_attn.o_proj.weight`, [hidden, heads * size]],
          [`${at}post_attention_layernorm.weight`, [hidden]],
          [`${at}mlp.gate_proj.weight`, [feedForward, hidden]],
          [`${at}mlp.up_proj.weight`, [feedForward, hidden]],
          [`${at}mlp.down_proj.weight`, [hidden, feedForward]],
        );
      }
      return [...tensors, ["model.norm.weight", [hidden]]];
    },
  };
}

/** A pair in Qwen3-Reranker's template. */
export function qwenText(query, document) {
  return [
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. ",
    'Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n',
    "<Instruct>: Given a web search query, retrieve relevant passages that answer the query\n",
    `<Query>: ${query}\n<Document>: ${document}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n`,
  ].join("");
}

const contentOf = (role) =>
  `{{ messages | selectattr('role', 'eq', '${role}') | map(attribute='content') | first }}`;
