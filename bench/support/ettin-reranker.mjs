/** Shape of a modular reranker over ModernBERT (config.json, the files beside it, and the tensors), as the Ettin rerankers are: first token, Dense, LayerNorm, Dense. */
export function ettinReranker({ layers, hidden, heads, feedForward }) {
  const config = {
    model_type: "modernbert",
    architectures: ["ModernBertModel"],
    vocab_size: 50_368,
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: feedForward,
    hidden_activation: "gelu",
    max_position_embeddings: 7999,
    global_attn_every_n_layers: 3,
    local_attention: 128,
    global_rope_theta: 160_000,
    local_rope_theta: 160_000,
    norm_eps: 1e-5,
    norm_bias: false,
    attention_bias: false,
    mlp_bias: false,
    pad_token_id: 0,
    cls_token_id: 2,
    sep_token_id: 3,
  };
  const module = (idx, path, type) => ({
    idx,
    name: String(idx),
    path,
    type: `sentence_transformers.${type}`,
  });
  const dense = (outputs, activation, feature) => ({
    in_features: hidden,
    out_features: outputs,
    bias: outputs === 1,
    activation_function: `torch.nn.modules.${activation}`,
    module_input_name: "sentence_embedding",
    module_output_name: feature,
  });
  return {
    task: "rerank",
    tokenizer: "wordpiece",
    config,
    files: {
      "config_sentence_transformers.json": {
        model_type: "CrossEncoder",
        prompts: {},
        default_prompt_name: null,
        activation_fn: "torch.nn.modules.linear.Identity",
      },
      "modules.json": [
        module(0, "", "base.modules.transformer.Transformer"),
        module(1, "1_Pooling", "sentence_transformer.modules.pooling.Pooling"),
        module(2, "2_Dense", "base.modules.dense.Dense"),
        module(3, "3_LayerNorm", "sentence_transformer.modules.layer_norm.LayerNorm"),
        module(4, "4_Dense", "base.modules.dense.Dense"),
      ],
      "sentence_bert_config.json": {
        transformer_task: "feature-extraction",
        modality_config: { text: { method: "forward", method_output_name: "last_hidden_state" } },
        module_output_name: "token_embeddings",
      },
      "1_Pooling/config.json": { embedding_dimension: hidden, pooling_mode: "cls", include_prompt: true },
      "2_Dense/config.json": dense(hidden, "activation.GELU", "sentence_embedding"),
      "3_LayerNorm/config.json": { dimension: hidden },
      "4_Dense/config.json": dense(1, "linear.Identity", "scores"),
    },
    tensors() {
      const tensors = [
        ["embeddings.tok_embeddings.weight", [config.vocab_size, hidden]],
        ["embeddings.norm.weight", [hidden]],
      ];
      for (let layer = 0; layer < layers; layer++) {
        const at = `layers.${layer}.`;
        if (layer > 0) tensors.push([`${at}attn_norm.weight`, [hidden]]);
        tensors.push(
          [`${at}attn.Wqkv.weight`, [3 * hidden, hidden]],
          [`${at}attn.Wo.weight`, [hidden, hidden]],
          [`${at}mlp_norm.weight`, [hidden]],
          [`${at}mlp.Wi.weight`, [2 * feedForward, hidden]],
          [`${at}mlp.Wo.weight`, [hidden, feedForward]],
        );
      }
      return [...tensors, ["final_norm.weight", [hidden]]];
    },
    parts: {
      "2_Dense": [["linear.weight", [hidden, hidden]]],
      "3_LayerNorm": [
        ["norm.weight", [hidden]],
        ["norm.bias", [hidden]],
      ],
      "4_Dense": [
        ["linear.weight", [1, hidden]],
        ["linear.bias", [1]],
      ],
    },
  };
}
