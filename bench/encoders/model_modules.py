"""A model folder as one torch module, from token ids to logits or token vectors: what every converted form is made of."""

import json
from pathlib import Path

import torch


def kind_of(folder: Path, task: str) -> str:
    """ "embed", or how a reranker scores: "classifier", "modular" (sentence-transformers' modules) or "causal" ("yes" minus "no")."""
    config = json.loads((folder / "config.json").read_text())
    if task == "embed":
        return "embed"
    if config["architectures"][0].endswith("ForCausalLM"):
        return "causal"
    return "modular" if (folder / "modules.json").exists() else "classifier"


def input_names(folder: Path) -> list[str]:
    config = json.loads((folder / "config.json").read_text())
    return ["input_ids", "attention_mask"] + (["token_type_ids"] if config["model_type"] == "bert" else [])


def load_module(folder: Path, task: str, dtype: torch.dtype, attention: str) -> torch.nn.Module:
    """Takes `input_names` in order. Returns logits [batch], or an embedder's token vectors [batch, tokens, size]."""
    wrap = {"embed": Embedder, "classifier": Classifier, "modular": Modular, "causal": Causal}[kind_of(folder, task)]
    return wrap(folder, {"dtype": dtype, "attn_implementation": attention}).eval()


class Embedder(torch.nn.Module):
    def __init__(self, folder: Path, options: dict) -> None:
        super().__init__()
        from transformers import AutoModel

        self.model = AutoModel.from_pretrained(folder, **options)
        self.names = input_names(folder)

    def forward(self, *inputs):
        return self.model(**dict(zip(self.names, inputs, strict=True))).last_hidden_state


class Classifier(torch.nn.Module):
    def __init__(self, folder: Path, options: dict) -> None:
        super().__init__()
        from transformers import AutoModelForSequenceClassification

        self.model = AutoModelForSequenceClassification.from_pretrained(folder, **options)
        self.names = input_names(folder)

    def forward(self, *inputs):
        return self.model(**dict(zip(self.names, inputs, strict=True))).logits[:, 0]


class Modular(torch.nn.Module):
    def __init__(self, folder: Path, options: dict) -> None:
        super().__init__()
        from sentence_transformers import CrossEncoder

        reranker = CrossEncoder(str(folder), device="cpu", model_kwargs=options, local_files_only=True)
        transformer, *others = list(reranker)
        self.transformer = getattr(transformer, "auto_model", None) or transformer.model
        self.others = torch.nn.ModuleList(others)

    def forward(self, input_ids, attention_mask):
        hidden = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        features = {"token_embeddings": hidden, "attention_mask": attention_mask}
        for module in self.others:
            features = module(features)
        return features["scores"].reshape(-1)


class Causal(torch.nn.Module):
    """Computes only the two needed rows of the output matrix, for the last token: the fastest way."""

    def __init__(self, folder: Path, options: dict) -> None:
        super().__init__()
        from tokenizers import Tokenizer
        from transformers import AutoModelForCausalLM

        model = AutoModelForCausalLM.from_pretrained(folder, **options)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        weight = model.get_output_embeddings().weight
        yes, no = (weight[tokenizer.token_to_id(word)] for word in ["yes", "no"])
        self.model = model.model
        self.register_buffer("answer", (yes - no).detach().clone())

    def forward(self, input_ids, attention_mask):
        hidden = self.model(input_ids=input_ids, attention_mask=attention_mask, use_cache=False).last_hidden_state
        place = (attention_mask.sum(1) - 1).reshape(-1, 1, 1).expand(-1, 1, hidden.shape[-1])
        return hidden.gather(1, place)[:, 0] @ self.answer
