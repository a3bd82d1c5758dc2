"""From texts or pairs to a model's inputs, by the folder's own tokenizer.json."""

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer


class Inputs:
    def __init__(self, folder: Path, task: str, most_tokens: int | None) -> None:
        config = json.loads((folder / "config.json").read_text())
        settings = json.loads((folder / "tokenizer_config.json").read_text())
        self.causal = task == "rerank" and config["architectures"][0].endswith("ForCausalLM")
        self.types = config["model_type"] == "bert"
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        pad = settings["pad_token"]
        # On the right for causal models too: OpenVINO gives NaN where a row of padding sees nothing.
        self.tokenizer.enable_padding(direction="right", pad_id=self.tokenizer.token_to_id(pad), pad_token=pad)
        modules = folder / "sentence_bert_config.json"
        own = json.loads(modules.read_text()) if modules.exists() else {}
        limits = [most_tokens, own.get("max_seq_length"), settings.get("model_max_length"), config.get("max_position_embeddings")]
        limit = min(each for each in limits if each is not None)
        if not self.causal:
            self.tokenizer.enable_truncation(limit)

    def __call__(self, texts: list) -> dict[str, np.ndarray]:
        """[rows, tokens] by name, in the order in which models take them."""
        encodings = self.tokenizer.encode_batch(texts)
        table = lambda rows: np.array(rows, dtype=np.int64)  # noqa: E731
        inputs = {"input_ids": table([each.ids for each in encodings]), "attention_mask": table([each.attention_mask for each in encodings])}
        if self.types:
            inputs["token_type_ids"] = table([each.type_ids for each in encodings])
        return inputs
