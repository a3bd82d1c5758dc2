"""Changes one key of one JSON file of a model repository at a time, and records sentence-transformers' results.

    python tools/oracle/key_walk.py OUT FOLDER ... [--files REGEX] [--keys REGEX] [--share 0.3]
    node tools/oracle/key-walk.mjs OUT          # compares hf-runtime, and prints differences without an error

Writes one folder a change to OUT (weights are links) and OUT/changes.jsonl, a line each: { folder, base, kind, file, key, value,
values, alone | error }. The first line of a base has no file: nothing is changed. values are the numbers of all results, one after the other, in a
batch; alone those of each text by itself, if they differ; kind says which: vectors, scores, sparse or tokens.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
import transformers
from sentence_transformers import CrossEncoder, MultiVectorEncoder, SentenceTransformer, SparseEncoder
from transformers import AutoConfig

FLOAT32 = {"device": "cpu", "model_kwargs": {"dtype": "float32"}}
TEXTS = [
    "Where is THE station?",
    "  Une tasse de th\u00e9 \u00e0 la menthe, s'il vous pla\u00eet. [SEP] <mask> \u6771\u4eac",
    "About four days. " * 30,
]
PAIRS = [[TEXTS[0], TEXTS[1]], [TEXTS[0], TEXTS[2]], [TEXTS[2], TEXTS[1]], ["tools?", ""]]
ABSENT = object()

ACTIVATIONS = ["relu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_10", "gelu_accurate", "gelu_python", "quick_gelu", "silu", "swish",
               "tanh", "sigmoid", "relu2", "relu6", "mish", "leaky_relu", "linear", "laplace", "elu", "hard"]
TOKEN_CLASSES = ["BertTokenizer", "BertTokenizerFast", "RobertaTokenizerFast", "PreTrainedTokenizerFast", "TokenizersBackend", "XLMRobertaTokenizer",
                 "Qwen2Tokenizer", "LlamaTokenizer", "T5Tokenizer", "GemmaTokenizer", "DebertaV2Tokenizer", "MPNetTokenizer", "Unheard"]

# Values for keys that a file may have and the base need not. A key with dots goes into objects.
EXTRA: dict[str, dict[str, list[Any]]] = {
    "modules.json": {},
    "config_sentence_transformers.json": {
        "prompts": [{}, {"query": "q: ", "document": "d: "}, {"": "x "}, {"passage": "p: "}, {"query": "q: "}, {"query": None}, None],
        "default_prompt_name": ["query", "document", "absent", None, ""],
        "similarity_fn_name": ["dot", "euclidean", "cosine", "manhattan", "odd", None, "maxsim"],
        "truncate_dim": [4, 0, 10_000, None, -1],
        "max_active_dims": [3, None, 0],
        "activation_fn": ["torch.nn.modules.activation.Sigmoid", "torch.nn.modules.linear.Identity", "torch.nn.modules.activation.Tanh",
                          "torch.nn.modules.activation.ReLU", "torch.nn.Softmax", "torch.nn.modules.activation.Softplus", "own.Thing", None],
        "model_type": ["SentenceTransformer", "CrossEncoder", "SparseEncoder", "MultiVectorEncoder", "Odd", None],
        "__version__": [{"sentence_transformers": "0.0.1"}, {"sentence_transformers": "5.0.0"}, {}, None],
        "keep_in_fp32_modules": [["0"], None],
        "later": [1],
    },
    "sentence_bert_config.json": {
        "max_seq_length": [4, 9, 0, None, 100_000, -1],
        "do_lower_case": [True, False, None],
        "query_length": [5, None],
        "document_length": [5, None],
        "transformer_task": ["feature-extraction", "sequence-classification", "text-generation", "fill-mask", "any-to-any", "odd", None],
        "module_output_name": ["token_embeddings", "sentence_embedding", "scores", "causal_logits", "odd", None],
        "modality_config": [
            {"text": {"method": "forward", "method_output_name": name}, **more}
            for name in ("last_hidden_state", "pooler_output", "logits", ["hidden_states", 0], ["hidden_states", 1], ["hidden_states", -1], ["hidden_states", -2], None)
            for more in ({}, {"image": {"method": "forward", "method_output_name": "last_hidden_state"}})
        ] + [{}, None],
        "config_kwargs": [
            {}, None, {"num_hidden_layers": 1}, {"hidden_act": "relu"}, {"layer_norm_eps": 0.3}, {"rms_norm_eps": 0.3}, {"output_hidden_states": True},
            {"num_labels": 2}, {"is_causal": False}, {"is_decoder": True}, {"use_bidirectional_attention": True}, {"id2label": {"0": "a", "1": "b"}},
            {"max_position_embeddings": 8}, {"pad_token_id": 0}, {"tie_word_embeddings": False}, {"rms_norm_eps": None}, {"hidden_activation": "relu"},
            {"problem_type": "regression"}, {"attn_implementation": "eager"}, {"torch_dtype": "float16"}, {"dtype": "float16"}, {"later": 1},
            {"num_attention_heads": 1}, {"head_dim": 4}, {"sliding_window": 2}, {"classifier_pooling": "cls"}, {"classifier_pooling": "mean"},
            {"position_embedding_type": "relative_key"}, {"chunk_size_feed_forward": 2}, {"return_dict": False}, {"use_cache": True},
        ],
        "config_args": [{"num_hidden_layers": 1}, None],
        "model_kwargs": [{}, None, {"dtype": "float16"}, {"attn_implementation": "eager"}, {"num_labels": 2}, {"output_hidden_states": True},
                         {"num_hidden_layers": 1}, {"later": 1}, {"add_pooling_layer": False}, {"is_causal": False}, {"ignore_mismatched_sizes": True},
                         {"key_mapping": {}}, {"use_safetensors": True}, {"is_decoder": True}, {"hidden_act": "relu"}, {"layer_norm_eps": 0.3}, {"id2label": {"0": "a"}}],
        "model_args": [{"dtype": "float16"}, {"num_hidden_layers": 1}],
        "processor_kwargs": [
            {}, None, {"model_max_length": 6}, {"padding_side": "left"}, {"truncation_side": "left"}, {"do_lower_case": True}, {"do_lower_case": False},
            {"add_prefix_space": True}, {"strip_accents": True}, {"use_fast": False}, {"add_eos_token": True}, {"add_bos_token": True}, {"add_bos_token": False},
            {"add_eos_token": False}, {"split_special_tokens": True}, {"model_input_names": ["input_ids", "attention_mask"]}, {"later": 1},
            {"clean_up_tokenization_spaces": True}, {"tokenizer_type": "bert"}, {"max_length": 5}, {"additional_special_tokens": ["four"]},
            {"extra_special_tokens": ["four"]}, {"sep_token": "[CLS]"}, {"cls_token": "[SEP]"}, {"pad_token": "[UNK]"}, {"eos_token": "[UNK]"}, {"bos_token": "a"},
            {"unk_token": "[SEP]"}, {"mask_token": "four"}, {"tokenize_chinese_chars": False}, {"chat_template": "x"}, {"from_slow": True}, {"legacy": True},
            {"tokenizer_class": "BertTokenizer"}, {"trust_remote_code": True}, {"subfolder": "x"}, {"revision": "x"},
        ],
        "tokenizer_args": [{"model_max_length": 6}, {"do_lower_case": True}, None],
        "tokenizer_name_or_path": ["x", None],
        "processing_kwargs": [
            {}, None, {"text": {"max_length": 5}}, {"common": {"max_length": 5}}, {"text": {"truncation": False}}, {"text": {"truncation": True}}, {"text": {"truncation": "only_second"}},
            {"text": {"truncation": "only_first"}}, {"text": {"truncation": "longest_first"}}, {"text": {"truncation": "do_not_truncate"}},
            {"text": {"padding": False}}, {"text": {"padding": "max_length"}}, {"text": {"pad_to_multiple_of": 16}}, {"text": {"add_special_tokens": False}},
            {"text": {"padding_side": "left"}}, {"text": {"padding_side": "right"}}, {"text": {"stride": 2}}, {"text": {"return_token_type_ids": False}}, {"text": {"return_token_type_ids": True}},
            {"text": {"return_attention_mask": False}}, {"text": {"is_split_into_words": True}}, {"text": {"return_overflowing_tokens": True}}, {"text": {"later": 1}}, {"text": {"logits_to_keep": 1}},
            {"common": {"return_tensors": "np"}}, {"common": {"padding": False}}, {"chat_template": {"enable_thinking": False}}, {"chat_template": {"add_generation_prompt": False}}, {"chat_template": {"add_generation_prompt": True}},
            {"chat_template": {"continue_final_message": True}}, {"chat_template": {"chat_template": "{{ messages[0].content }}"}}, {"chat_template": {"restore_suffix": False}}, {"later": {"x": 1}}, {"audio": {"x": 1}},
            {"text": {"split_special_tokens": True}}, {"chat_template": {"max_length": 9}}, {"chat_template": {"truncation": False}}, {"chat_template": {"documents": [{"text": "x"}]}}, {"chat_template": {"tools": []}},
        ],
        "unpad_inputs": [True, False, None],
        "backend": ["onnx", "torch"],
        "cache_dir": ["x"],
        "trust_remote_code": [True],
        "query_expansion": [None, {"strategy": "fixed", "length": 12}, {"strategy": "min", "length": 12}],
        "track_media_counts": [True, None],
        "media_counts": [1],
        "later": [1],
    },
    "Pooling/config.json": {
        "pooling_mode": ["cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken", ["cls", "mean"], ["mean", "cls"], [], None, "odd", "MEAN", "cls+mean", ("mean", "mean")],
        **{f"pooling_mode_{mode}": [True, False, None] for mode in ("cls_token", "max_tokens", "mean_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken")},
        "include_prompt": [True, False, None],
        "embedding_dimension": [7, None],
        "word_embedding_dimension": [7, None],
        "normalize": [True],
        "later": [1],
    },
    "Normalize/config.json": {"module_input_name": ["token_embeddings", "sentence_embedding", "odd", None], "module_output_name": ["token_embeddings", "x", "sentence_embedding"], "later": [1], "feature": ["token_embeddings"]},
    "Dense/config.json": {
        "activation_function": [f"torch.nn.modules.activation.{name}" for name in (
            "Tanh", "ReLU", "GELU", "Sigmoid", "SiLU", "Softplus", "LeakyReLU", "ELU", "Mish", "Hardswish", "Softmax", "ReLU6", "LogSigmoid", "SELU", "CELU", "Softsign", "Tanhshrink", "Hardtanh", "Hardsigmoid", "Softshrink", "Hardshrink", "GLU", "PReLU", "Threshold", "LogSoftmax", "Softmin", "RReLU")
        ] + ["torch.nn.modules.linear.Identity", "torch.nn.Identity", "torch.nn.Tanh", "torch.tanh", "odd.Odd", "Tanh", None, "", "torch.nn.functional.gelu", "transformers.activations.GELUActivation", "transformers.activations.NewGELUActivation", "torch.nn.modules.normalization.LayerNorm"],
        "use_residual": [True, False, None], "bias": [False, True, None], "module_input_name": ["token_embeddings", "sentence_embedding", "odd", None],
        "module_output_name": ["x", "sentence_embedding", "token_embeddings", "scores", None], "later": [1],
    },
    "LayerNorm/config.json": {"eps": [0.5], "later": [1], "module_input_name": ["token_embeddings"]},
    "LogitScore/config.json": {"true_token_id": [3, None, -1, 100_000], "false_token_id": [5, None, -1], "module_input_name": ["causal_logits", "x", None], "later": [1]},
    "SpladePooling/config.json": {"pooling_strategy": ["sum", "max", "mean", None], "activation_function": ["relu", "log1p_relu", "gelu", None], "word_embedding_dimension": [7, None], "chunk_size": [1, None], "later": [1], "embedding_dimension": [7, None]},
    "config.json": {
        "num_labels": [1, 2, 3, None], "id2label": [{"0": "a"}, {"0": "a", "1": "b"}, {"1": "a", "0": "b"}, {}, None], "label2id": [{"a": 0, "b": 1}, {}], "problem_type": ["regression"],
        "architectures": [[], None, ["BertModel"], ["BertForSequenceClassification"], ["BertForMaskedLM"], ["Odd"]],
        "sentence_transformers": [{"activation_fn": "torch.nn.modules.activation.Tanh"}, {"version": "1"}, {}, None, {"activation_fn": "torch.nn.modules.linear.Identity"}],
        "sbert_ce_default_activation_function": ["torch.nn.modules.activation.Tanh", "torch.nn.modules.linear.Identity", None],
        "pad_token_id": [0, 1, 2, 7, None, -1, 100_000], "bos_token_id": [0, 5, None], "eos_token_id": [0, 5, [1, 2], None], "sep_token_id": [3, None], "cls_token_id": [3, None],
        "is_decoder": [True, False], "add_cross_attention": [True], "is_encoder_decoder": [True, False], "use_cache": [True, False], "is_causal": [True, False, None],
        "use_bidirectional_attention": [True, False, None, "all", "vision"], "tie_word_embeddings": [True, False, None], "tie_encoder_decoder": [True], "torchscript": [True], "use_return_dict": [True],
        "output_attentions": [True], "output_hidden_states": [True], "return_dict": [False], "chunk_size_feed_forward": [2], "pruned_heads": [{}, {"0": [0]}], "use_bfloat16": [True],
        "position_embedding_type": ["absolute", "relative_key", "relative_key_query", "rotary", "alibi", None], "classifier_pooling": ["cls", "mean", "last", "bos", "odd", None], "classifier_dropout": [0.5, None],
        "classifier_bias": [True, False], "classifier_activation": ACTIVATIONS[:5], "norm_bias": [True], "attention_bias": [True, False], "mlp_bias": [True, False],
        "tokenizer_class": [*TOKEN_CLASSES, None], "dtype": ["float16", None, "odd"], "torch_dtype": ["bfloat16", None], "attn_implementation": ["eager", "flash_attention_2"], "_attn_implementation": ["eager"],
        "rope_theta": [50.0, None], "rope_scaling": [None, {"type": "linear", "factor": 2.0}, {"rope_type": "linear", "factor": 2.0}, {"type": "dynamic", "factor": 2.0}, {"type": "ntk", "factor": 2.0}, {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8},
                                                     {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8}, {"type": "default"}, {}, {"type": "odd"}, {"factor": 2.0}, {"type": "linear", "factor": None}, {"type": "linear"},
                                                     {"type": "mrope", "mrope_section": [1, 1, 2]}, {"type": "su", "short_factor": [1.0, 1.0], "long_factor": [2.0, 2.0]}],
        "rope_parameters": [None, {}, {"rope_type": "default", "rope_theta": 30.0}, {"rope_theta": 30.0}, {"rope_type": "linear", "factor": 2.0}, {"rope_type": "linear", "factor": 2.0, "rope_theta": 40.0}, {"rope_type": "default", "rope_theta": 30.0, "partial_rotary_factor": 0.5},
                            {"full_attention": {"rope_type": "default", "rope_theta": 30.0}, "sliding_attention": {"rope_type": "default", "rope_theta": 60.0}}, {"full_attention": {"rope_type": "linear", "factor": 2.0, "rope_theta": 30.0}},
                            {"rope_type": "yarn", "factor": 4.0, "rope_theta": 30.0}, {"rope_type": "dynamic", "factor": 4.0, "rope_theta": 30.0}],
        "partial_rotary_factor": [0.5, None], "rope_local_base_freq": [50.0], "global_rope_theta": [50.0], "local_rope_theta": [50.0], "rotary_emb_base": [50.0], "rotary_emb_fraction": [0.5], "rotary_emb_interleaved": [True],
        "sliding_window": [2, 4, 0, 1, None, 100_000], "use_sliding_window": [True, False], "max_window_layers": [0, 1, 9], "sliding_window_pattern": [1, 2, None], "_sliding_window_pattern": [2],
        "layer_types": [None, ["full_attention"] * 2, ["sliding_attention"] * 2, ["full_attention"] * 3, ["sliding_attention", "full_attention"], ["odd"] * 2, []],
        "final_logit_softcapping": [1.0, None, 0.0], "attn_logit_softcapping": [1.0, None], "query_pre_attn_scalar": [4, 7.5], "hidden_activation": ["relu", None], "hidden_act": [*ACTIVATIONS, "odd", None],
        "num_hidden_layers": [1, 0], "num_layers": [1], "embedding_size": [8], "layer_norm_eps": [0.5, 0], "rms_norm_eps": [0.5, 0], "layer_norm_epsilon": [0.5], "max_position_embeddings": [8, 20, None, -1], "n_positions": [8], "type_vocab_size": [0, 1, 3],
        "num_key_value_heads": [1, 2, 4, None], "head_dim": [2, 6, None], "scale_attn_weights": [False], "pretraining_tp": [2], "embedding_multiplier": [3.0], "scale_embedding": [True], "logit_scale": [2.0], "logits_scaling": [2.0],
        "quantization_config": [{"quant_method": "gptq", "bits": 4}, None], "auto_map": [{"AutoModel": "own.Model"}], "model_type": ["odd", "bert", "roberta", "llama", None], "transformers_version": ["1.0"], "later": [1],
        "text_config": [{"hidden_size": 4}, None], "finetuning_task": ["x"], "task_specific_params": [{"x": {"hidden_act": "relu"}}], "adapters": [{"x": 1}], "use_mem_efficient_attention": [True], "unpad_inputs": [True],
        "summary_activation": ["tanh"], "summary_type": ["first", "mean", "last"], "summary_use_proj": [False], "summary_last_dropout": [0.4], "decoder_start_token_id": [3], "max_length": [5], "do_sample": [True],
        "relative_attention": [True, False], "share_att_key": [True, False], "pos_att_type": ["c2p", "p2c", "c2p|p2c", "p2p", [], None, ["c2p", "p2p"]], "position_buckets": [4, -1, 0], "max_relative_positions": [4, -1], "position_biased_input": [True, False],
        "norm_rel_ebd": ["layer_norm", "none"], "conv_kernel_size": [0, 3], "conv_act": ["relu"], "pooler_hidden_act": ["relu", "gelu", None], "pooler_dropout": [0.4], "pooler_hidden_size": [8], "legacy": [True, False], "dense_act_fn": ["relu", "gelu_new"], "feed_forward_proj": ["relu", "gated-gelu", "gated-silu", "odd"],
        "is_gated_act": [True, False], "seq_classif_dropout": [0.5], "sinusoidal_pos_embds": [True, False], "use_qk_norm": [True], "qk_layernorm": [True], "qkv_proj_bias": [False], "pooling": ["mean", "cls"],
        "global_attn_every_n_layers": [1, 2], "local_attention": [2, 4, 1, 0], "decoder_bias": [False], "embedding_norm": [True], "tie_lm_head": [False], "sparse_prediction": [True], "reference_compile": [True], "repad_logits_with_grad": [True],
        "inner_group_num": [2], "num_hidden_groups": [2], "down_scale_factor": [2], "task_type_vocab_size": [2], "use_task_id": [True, False], "relative_attention_num_buckets": [4], "relative_attention_max_distance": [4],
        "layer_norm_type": ["rms_norm"], "pack_qkv": [False], "logn_attention_scale": [True], "logn_attention_clip1": [True], "prenorm": [True], "parallel_block": [True], "activation_function": ["relu", "gelu_new", "swiglu"], "causal": [True], "use_rms_norm": [True],
    },
    "tokenizer_config.json": {
        "model_max_length": [6, 9, 0, None, 1e30, 100_000, -1], "max_len": [6], "max_length": [6], "padding_side": ["left", "right", None, "Left", "odd"], "truncation_side": ["left", "right", None, "odd"],
        "do_lower_case": [True, False, None], "do_basic_tokenize": [False], "strip_accents": [True, False, None], "tokenize_chinese_chars": [True, False], "never_split": [["the"]], "wordpieces_prefix": ["@@"], "max_input_chars_per_word": [3],
        "add_prefix_space": [True, False, None], "trim_offsets": [False], "add_bos_token": [True, False, None], "add_eos_token": [True, False, None], "use_default_system_prompt": [True], "legacy": [True, False, None], "from_slow": [True], "sp_model_kwargs": [{"enable_sampling": True}],
        "keep_accents": [True, False], "remove_space": [True, False], "split_by_punct": [True], "vocab_type": ["spm"], "errors": ["ignore"], "clean_up_tokenization_spaces": [True], "spaces_between_special_tokens": [True], "split_special_tokens": [True, False],
        "tokenizer_class": [*TOKEN_CLASSES, None], "model_input_names": [["input_ids"], ["input_ids", "attention_mask"], ["input_ids", "token_type_ids", "attention_mask"], ["attention_mask", "input_ids"], [], None, ["input_ids", "odd"]],
        "additional_special_tokens": [["four"], ["zzz"], [], None, [{"content": "four", "lstrip": True, "rstrip": True, "__type": "AddedToken"}]], "extra_special_tokens": [["four"], {"x_token": "four"}, [], {}, None, ["zzz"]],
        "added_tokens_decoder": [{}, None, {"7": {"content": "four", "special": False, "lstrip": True, "rstrip": False, "normalized": True, "single_word": False}}, {"7": {"content": "four", "special": True, "single_word": True}}],
        "chat_template": ["{{ messages[0].content }}", None, [{"name": "default", "template": "{{ messages[0].content }}"}]], "auto_map": [{"AutoTokenizer": ["own.T", None]}], "tokenizer_file": ["x.json"], "vocab_file": ["x"], "name_or_path": ["x"], "special_tokens_map_file": ["x"], "backend": ["tokenizers", "sentencepiece"],
        "is_local": [True], "fix_mistral_regex": [True, False], "use_fast": [False], "processor_class": ["CLIPProcessor"], "image_token": ["four"], "model_specific_special_tokens": [{"x_token": "four"}], "normalizer": [None], "eos_token_id": [4], "token_type_ids_pattern": ["x"], "cls_token_type_id": [2], "pad_token_type_id": [2],
        "stride": [2], "truncation_strategy": ["only_first"], "pad_to_multiple_of": [16], "padding": ["max_length"], "language": ["en"], "src_lang": ["en_XX"], "prefix": ["x "], "later": [1], "return_token_type_ids": [False, True], "pad_token_id": [3], "text_pair_first": [True], "do_split_on_punc": [False], "extra_ids": [3],
        "unk_token": ["[SEP]", "a", None], "sep_token": ["[CLS]", "a", "zzz", None], "cls_token": ["[SEP]", "a", None], "pad_token": ["[UNK]", "a", "zzz", None], "mask_token": ["four", None, {"content": "four", "lstrip": True, "__type": "AddedToken"}], "bos_token": ["a", None, "[CLS]"], "eos_token": ["a", None, "[SEP]"], "x_token": ["four"],
    },
    "special_tokens_map.json": {
        "unk_token": ["[SEP]", "a", {"content": "a"}], "sep_token": ["[CLS]", "a", "zzz"], "cls_token": ["[SEP]", "a"], "pad_token": ["[UNK]", "a", "zzz"], "mask_token": ["four", {"content": "four", "lstrip": True, "normalized": False, "rstrip": True, "single_word": False}], "bos_token": ["a", "[CLS]"], "eos_token": ["a", "[SEP]"],
        "additional_special_tokens": [["four"], ["zzz"], []], "extra_special_tokens": [["four"], []], "x_token": ["four"],
    },
    "added_tokens.json": {"four": [7], "zzz": [100, 95]},
    "tokenizer.json": {
        "truncation": [None, {"max_length": 5, "stride": 0, "strategy": "LongestFirst", "direction": "Right"}, {"max_length": 5, "stride": 0, "strategy": "LongestFirst", "direction": "Left"}, {"max_length": 9, "stride": 2, "strategy": "OnlyFirst", "direction": "Right"}],
        "padding": [None, {"strategy": "BatchLongest", "direction": "Left", "pad_to_multiple_of": 8, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"}, {"strategy": {"Fixed": 20}, "direction": "Right", "pad_to_multiple_of": None, "pad_id": 3, "pad_type_id": 1, "pad_token": "a"}],
        "normalizer": [None, {"type": "Lowercase"}, {"type": "NFD"}, {"type": "Sequence", "normalizers": [{"type": "Strip", "strip_left": True, "strip_right": True}, {"type": "StripAccents"}]}, {"type": "Odd"}],
        "post_processor": [None], "version": ["2.0"], "decoder": [None], "later": [1],
    },
    "generation_config.json": {"max_length": [5], "pad_token_id": [4], "eos_token_id": [4]},
    "preprocessor_config.json": {"do_resize": [True], "size": [{"height": 8, "width": 8}], "processor_class": ["CLIPProcessor"], "image_processor_type": ["CLIPImageProcessor"], "feature_extractor_type": ["X"]},
    "processor_config.json": {"processor_class": ["CLIPProcessor", "BertTokenizer"], "chat_template": ["x"]},
    "adapter_config.json": {"peft_type": ["LORA"]},
    "quantize_config.json": {"bits": [4]},
    "chat_template.json": {"chat_template": ["{{ messages[0].content }}"]},
    "config_sentence_transformers_cross.json": {},
}


# Keys of config.json that count, or may be thought to, whatever the architecture's own sources say.
GENERAL = {
    "num_labels", "id2label", "label2id", "problem_type", "architectures", "sentence_transformers", "sbert_ce_default_activation_function", "pad_token_id",
    "is_decoder", "is_encoder_decoder", "is_causal", "use_bidirectional_attention", "tie_word_embeddings", "output_hidden_states", "return_dict",
    "chunk_size_feed_forward", "pruned_heads", "position_embedding_type", "tokenizer_class", "dtype", "torch_dtype", "rope_theta", "rope_scaling",
    "rope_parameters", "partial_rotary_factor", "sliding_window", "layer_types", "num_layers", "n_positions", "head_dim", "num_key_value_heads",
    "quantization_config", "model_type", "later", "text_config", "attention_bias", "hidden_activation", "layer_norm_eps", "rms_norm_eps", "type_vocab_size",
}


def kind_of(folder: Path) -> str:
    stated = read(folder / "config_sentence_transformers.json") or {}
    kinds = {"CrossEncoder": "scores", "SparseEncoder": "sparse", "MultiVectorEncoder": "tokens", "SentenceTransformer": "vectors"}
    if stated.get("model_type") in kinds:
        return kinds[stated["model_type"]]
    architectures = (read(folder / "config.json") or {}).get("architectures") or [""]
    modules = "".join(module["type"] for module in read(folder / "modules.json") or [])
    if "Splade" in modules:
        return "sparse"
    if not modules and re.search("ForSequenceClassification|ForCausalLM", architectures[0]):
        return "scores"
    return "vectors"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def flat(rows: Any) -> list[float]:
    if isinstance(rows, (list, tuple)):
        return [value for row in rows for value in flat(row)]
    return [float(value) for value in torch.as_tensor(rows).float().reshape(-1).tolist()]


def results(folder: Path, kind: str) -> tuple[list[float], list[float]]:
    """All numbers of a model, in a batch and one by one: of texts of no task, of queries, of documents; logits and scores of pairs."""
    path = str(folder)
    model = {"scores": CrossEncoder, "sparse": SparseEncoder, "tokens": MultiVectorEncoder, "vectors": SentenceTransformer}[kind](path, **FLOAT32)

    def of(size: int) -> list[float]:
        if kind == "scores":
            raw = model.predict(PAIRS, activation_fn=torch.nn.Identity(), show_progress_bar=False, batch_size=size)
            return flat([raw, model.predict(PAIRS, show_progress_bar=False, batch_size=size)])
        ways = (model.encode_query, model.encode_document) if kind == "tokens" else (model.encode, model.encode_query, model.encode_document)
        more = {"convert_to_sparse_tensor": False} if kind == "sparse" else {}
        return flat([list(one(TEXTS, batch_size=size, **more)) for one in ways])

    return of(32), of(1)


def others(value: Any) -> list[Any]:
    """Values of the same kind as one that a file has."""
    if isinstance(value, bool):
        return [not value, None, ABSENT]
    if isinstance(value, int):
        return [value * 2, value // 2, value + 1, 0, None, ABSENT]
    if isinstance(value, float):
        return [value * 3, value + 0.5, 0.0, None, ABSENT]
    if isinstance(value, str):
        return ["odd", "", None, ABSENT]
    if isinstance(value, list):
        return [[], value[:1], value[::-1], None, ABSENT]
    return [None, ABSENT, 1, True]


def leaves(value: Any, path: tuple[Any, ...] = (), depth: int = 4) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if path:
        yield path, value
    if depth == 0 or not isinstance(value, (dict, list)) or len(value) > 60:
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, list) and not isinstance(inner, (dict, list)):
            break
        yield from leaves(inner, (*path, key), depth - 1)


def changes_of(name: str, json_value: Any, defaults: dict[str, Any], sources: str) -> Iterator[tuple[tuple[Any, ...], Any]]:
    seen: set[str] = set()
    candidates: list[tuple[tuple[Any, ...], Any]] = []
    for path, value in leaves(json_value, depth=3 if name != "tokenizer.json" else 4):
        candidates += [(path, other) for other in others(value)]
    for key, value in defaults.items():
        if isinstance(json_value, dict) and key not in json_value:
            candidates += [((key,), other) for other in others(value) if other is not ABSENT]
    for suffix, keys in EXTRA.items():
        if not (name == suffix or (suffix[0].isupper() and re.search(rf"(^|_){suffix}$", name))):
            continue
        known = sources if name == "config.json" else None
        candidates += [((key,), value) for key, values in keys.items() if known is None or key in GENERAL or key in known for value in values]
    for path, value in candidates:
        shown = json.dumps([path, "ABSENT" if value is ABSENT else value], sort_keys=True)
        if shown not in seen:
            seen.add(shown)
            yield path, value


def changed(json_value: Any, path: tuple[Any, ...], value: Any) -> Any:
    made = copy.deepcopy(json_value)
    inner = made
    for key in path[:-1]:
        inner = inner[key]
    if value is ABSENT:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return made


def write_change(base: Path, folder: Path, name: str, value: Any) -> None:
    for source in base.rglob("*"):
        relative = source.relative_to(base)
        if source.is_dir() or str(relative) in (name, "expected.json"):
            continue
        target = folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".json":
            shutil.copyfile(source, target)
        else:
            target.symlink_to(source.resolve())
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(value), encoding="utf-8")


def walk(base: Path, out: Path, files: str, keys: str, share: float) -> Iterator[dict[str, Any]]:
    kind = kind_of(base)

    def computed(folder: Path, more: dict[str, Any]) -> dict[str, Any]:
        line = {"folder": str(folder), "base": base.name, "kind": kind, **more}
        torch.manual_seed(0)
        try:
            values, alone = results(folder, kind)
            return {**line, "values": values, **({} if values == alone else {"alone": alone})}
        except Exception as error:
            return {**line, "error": f"{type(error).__name__}: {error}"[:300]}

    yield computed(base, {})
    names = {str(path.relative_to(base)) for path in base.rglob("*.json")} - {"expected.json"}
    names |= {name for name in EXTRA if name.islower() and "/" not in name and name != "modules.json"}
    names |= {f"{module['path']}/config.json" for module in read(base / "modules.json") or [] if module["path"]}
    if not (base / "modules.json").exists():
        names -= {"sentence_bert_config.json"}
    config = read(base / "config.json") or {}
    try:
        defaults = AutoConfig.for_model(config["model_type"]).to_dict()
    except Exception:
        defaults = {}
    sources = "".join(path.read_text(encoding="utf-8") for path in (Path(transformers.__file__).parent / "models" / str(config.get("model_type"))).glob("*.py"))
    chance = random.Random(base.name)
    count = 0
    for name in sorted(names):
        if not re.search(files, name):
            continue
        there = read(base / name)
        plain = {} if there is None else there
        for path, value in changes_of(name, plain, defaults if name == "config.json" else {}, sources):
            if not re.search(keys, ".".join(map(str, path))) or (name == "tokenizer.json" and path[0] == "model" and len(path) > 1 and path[1] in ("vocab", "merges")):
                continue
            try:
                json_value = changed(plain, path, value)
            except (KeyError, TypeError, IndexError):
                continue
            if json_value == plain and there is not None:
                continue
            if chance.random() >= share:
                continue
            folder = out / base.name / str(count)
            count += 1
            write_change(base, folder, name, json_value)
            yield computed(folder, {"file": name, "key": ".".join(map(str, path)), "value": "ABSENT" if value is ABSENT else value})


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--files", default="")
    parser.add_argument("--keys", default="")
    parser.add_argument("--share", type=float, default=1.0, help="how many of the changes to try, 0 to 1")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    transformers.logging.set_verbosity(50)
    transformers.logging.disable_progress_bar()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with (arguments.out / "changes.jsonl").open("a", encoding="utf-8") as lines:
        for base in arguments.folders:
            for line in walk(base, arguments.out, arguments.files, arguments.keys, arguments.share):
                lines.write(json.dumps(line) + "\n")
            lines.flush()
