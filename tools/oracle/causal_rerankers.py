"""Writes the results of sentence-transformers for tiny rerankers that answer with a word, and of transformers for chat templates.

    python tools/oracle/causal_rerankers.py    # rewrites packages/hf-runtime/test/goldens/models/causal-rerankers.json

Writes { certificate, seed, files, models, cases }. models[name] = { files, tensors, runs }: files are the repository's by path, JSON or text, where
"=KEY" stands for files[KEY] of the golden; tensors says how each weight is drawn (seeded_weights.py); a run is { options, pairs, logits, scores },
options being predict's { prompt?, promptName? }. A case: { template, messages, variables, text } of templates as repositories have them.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
import transformers
from safetensors.torch import save_file
from sentence_transformers import CrossEncoder
from tokenizers import processors
from transformers import CONFIG_MAPPING, AutoModelForCausalLM, AutoModelForSequenceClassification
from transformers.utils.chat_template_utils import render_jinja_template

import tiny_tokenizers as tiny
from decoder_goldens import recipe_of
from golden import write_golden
from model_goldens import FLOAT32, GOLDENS, LIBRARIES
from seeded_weights import seeded

SEED = 23
SPECIALS = ["<pad>", "<s>", "</s>", "yes", "no"]
SHAPE = {"hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2}
QUERY = "How many people live in Berlin?"
LONG = "The Seine runs through Paris, and the Spree runs through Berlin, the capital of Germany. " * 3
PAIRS = [
    (QUERY, "About 3.6 million people live in the city."),
    (QUERY, ""),
    (QUERY, LONG),
    ("Où est la gare?", "Zürich, 日本 2024\n\n </s> yes"),
    ("", " no"),
]

# The system's message is the instruction; the newlines at the end are part of what the answer is read after, all but the last.
FLAT = """<s>{% set asked = messages | selectattr("role", "eq", "system") | map(attribute="content") | first -%}
<Task>: {{ asked | default("Find the text that answers", true) }}
<Query>: {{ messages | selectattr("role", "eq", "query") | map(attribute="content") | first }}
<Text>: {{ messages | selectattr("role", "eq", "document") | map(attribute="content") | first }}</s>
answer

"""
PARTS = """{{ bos_token }}
{%- for message in messages %}
    {%- if message.role == "system" %}
{{ message.content[0].text | trim }}!
    {%- else %}
{{ loop.index }} {{ message.role | upper }}: {{ message["content"][0]["text"] }}
    {%- endif %}
{% endfor %}
{%- if add_generation_prompt and thinking is defined and not thinking %}
no thought
{% endif -%}
so:"""

TEXT = {"text": {"method": "forward", "method_output_name": "logits"}}


def chat(task: str, output: str, *, form: str | None = None, **more: Any) -> dict[str, Any]:
    """sentence_bert_config.json, with messages if they have a form."""
    message = {"message": {**TEXT["text"], "format": form}} if form else {}
    return {"transformer_task": task, "modality_config": {**TEXT, **message}, "module_output_name": output, **more}


def modules(*names: str) -> list[dict[str, Any]]:
    paths = {"Transformer": "base.modules.transformer", "LogitScore": "cross_encoder.modules.logit_score"}
    return [
        {"idx": i, "name": str(i), "path": "" if i == 0 else f"{i}_{name}", "type": f"sentence_transformers.{paths[name]}.{name}"}
        for i, name in enumerate(names)
    ]


def saved(sentence: dict[str, Any], true: int, false: int | None, **own: Any) -> dict[str, Any]:
    return {
        "modules.json": modules("Transformer", "LogitScore"),
        "sentence_bert_config.json": sentence,
        "config_sentence_transformers.json": {"model_type": "CrossEncoder", **own},
        "1_LogitScore/config.json": {"true_token_id": true, "false_token_id": false, "module_input_name": "causal_logits"},
    }


CAUSAL = ("text-generation", "causal_logits")
PROMPTS = {"prompts": {"web": "Find the page that answers", "mail": "Find the letter"}, "default_prompt_name": "web"}

# name: class, what differs from SHAPE, files beside the common ones, the longest input, and options of its runs
MODELS: dict[str, tuple[str, dict[str, Any], dict[str, Any], int, list[dict[str, str]]]] = {
    "qwen3 with a flat template": (
        "qwen3", {"head_dim": 6, "tie_word_embeddings": True},
        {"chat_template.jinja": FLAT, **saved(chat(*CAUSAL, form="flat"), 3, 4, activation_fn="torch.nn.modules.activation.Sigmoid", **PROMPTS)},
        256, [{}, {"promptName": "mail"}, {"prompt": "Is it so?"}, {"prompt": ""}],
    ),
    "qwen2 without modules.json": ("qwen2", {}, {"chat_template.jinja": FLAT}, 256, [{}]),
    "qwen2 that cuts": ("qwen2", {}, {"chat_template.jinja": FLAT, **saved(chat(*CAUSAL, form="flat"), 9, 4)}, 80, [{}, {"prompt": "Judge!"}]),
    "qwen2 that cuts the answer off": (
        "qwen2", {}, {"chat_template.jinja": FLAT,
                      **saved(chat(*CAUSAL, form="flat", processing_kwargs={"chat_template": {"restore_suffix": False}}), 9, 4)}, 80, [{}],
    ),
    "llama with messages in parts, one token": (
        "llama", {}, {"template": PARTS, **saved(chat(*CAUSAL, form="structured",
                      processing_kwargs={"chat_template": {"add_generation_prompt": True, "thinking": False}}), 7, None)},
        256, [{}, {"prompt": " Kindly "}],
    ),
    "gemma2 without a template": (
        "gemma2", {"head_dim": 6, "final_logit_softcapping": 3.0}, saved(chat(*CAUSAL), 3, 4), 60, [{}, {"prompt": "Task: "}],
    ),
    # sentence-transformers before 5.4 wrote no modality_config: the template does not count.
    "gemma with a template that does not count": (
        "gemma", {"head_dim": 6}, {"chat_template.jinja": FLAT, **saved({"transformer_task": "text-generation"}, 3, 4)}, 256, [{}],
    ),
    "qwen3 that classifies messages": (
        "qwen3", {"head_dim": 6, "num_labels": 1},
        {"chat_template.jinja": FLAT, "modules.json": modules("Transformer"),
         "sentence_bert_config.json": chat("sequence-classification", "scores", form="flat"),
         "config_sentence_transformers.json": {"model_type": "CrossEncoder", **PROMPTS}}, 256, [{}, {"prompt": "Is it so?"}],
    ),
}

MESSAGES = [{"role": "query", "content": "a < b?"}, {"role": "document", "content": "  yes \n"}]
SYSTEM = [{"role": "system", "content": "Judge 'it'"}, *MESSAGES]
# Constructions of published templates.
RENDERINGS: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    (FLAT, MESSAGES, {}),
    (FLAT, SYSTEM, {}),
    ("{% for m in messages %}{{ m.content }}\n{% endfor %}\n\n", SYSTEM, {}),
    ("  {%- for m in messages -%}  {{- m['content'] -}}  {% endfor -%}  end ", SYSTEM, {}),
    ("{# a comment #}\n{% set ns = namespace(q='', d='') %}\n{% for m in messages %}\n  {% if m.role == 'query' %}\n"
     "    {% set ns.q = m.content %}\n  {% elif m.role == 'document' %}\n    {% set ns.d = m.content | trim %}\n  {% endif %}\n"
     "{% endfor %}\nQ={{ ns.q }} D={{ ns.d }}\n", SYSTEM, {}),
    ("{% macro turn(role, text) %}[{{ role | upper }}] {{ text }}{% endmacro %}{% for m in messages %}{{ turn(m.role, m.content) }}"
     "{% if not loop.last %}|{% endif %}{% endfor %}", SYSTEM, {}),
    ("{%- if messages[0]['role'] == 'system' -%}{{ messages[0].content ~ ';' }}{%- set rest = messages[1:] -%}{%- else -%}"
     "{%- set rest = messages -%}{%- endif -%}{% for m in rest %}{{ loop.index0 }}:{{ m.content }}{% endfor %}", SYSTEM, {}),
    ("{{ bos_token }}{{ missing }}{{ missing | default('x') }}{{ (messages | length) + 1 }}{{ messages[-1].content.strip() | tojson }}",
     MESSAGES, {"bos_token": "<s>"}),
    ("{% for m in messages if m.role != 'system' %}{{ m.content.replace('<', 'lt') }}{{ ', ' if not loop.last else '.' }}{% endfor %}", SYSTEM, {}),
    ("{% if thinking is defined and thinking is true %}T{% else %}F{% endif %}{{ 'yes' if add_generation_prompt else 'no' }}", MESSAGES, {"thinking": True}),
    ("{% if messages[0].role not in ['query', 'system'] %}{{ raise_exception('no') }}{% endif %}{{ messages[0].content.split(' ')[0] }}", MESSAGES, {}),
    ("{% generation %}{{ messages[0].content | title }}{% endgeneration %}{{ messages | map(attribute='role') | join('/') }}", MESSAGES, {}),
]


def tokenizer_json(template: str | None) -> str:
    tokenizer = tiny.byte_bpe(SPECIALS, roberta=True)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    if template:
        tokenizer.post_processor = processors.TemplateProcessing(
            single=template.split("|")[0], pair=template.split("|")[1], special_tokens=[("<s>", SPECIALS.index("<s>"))]
        )
    return json.loads(tokenizer.to_str())


def write_files(folder: Path, files: dict[str, Any]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def model_of(name: str, shared: dict[str, Any], scratch: Path) -> dict[str, Any]:
    kind, patch, files, longest, options = MODELS[name]
    files = dict(files)
    template = files.pop("template", None)
    has_pair = "template" in name and "without" in name
    tokenizer = "pair" if has_pair else "plain"
    config = {"vocab_size": 300, "max_position_embeddings": 256, "pad_token_id": 0, "eos_token_id": 2, **SHAPE, **patch}
    classes = AutoModelForSequenceClassification if "num_labels" in patch else AutoModelForCausalLM
    model = classes.from_config(CONFIG_MAPPING[kind].from_dict(dict(config)))
    architecture = type(model).__name__
    tensors = {key: recipe_of(key, list(value.shape), kind.startswith("gemma")) for key, value in model.named_parameters()}
    files = {
        "config.json": {"model_type": kind, "architectures": [architecture], **config},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "<pad>", "bos_token": "<s>", "eos_token": "</s>",
            "model_max_length": longest, **({"chat_template": template} if template else {}),
        },
        **files,
    }
    folder = scratch / name
    write_files(folder, {**files, "tokenizer.json": shared[tokenizer]})
    save_file({key: seeded(key, SEED, made) for key, made in tensors.items()}, folder / "model.safetensors", {"format": "pt"})
    encoder = CrossEncoder(str(folder), device="cpu", model_kwargs=FLOAT32)
    runs = []
    for option in options:
        python = {"prompt": option.get("prompt"), "prompt_name": option.get("promptName"), "batch_size": 3}
        logits = encoder.predict(PAIRS, activation_fn=torch.nn.Identity(), **python)
        runs.append({"options": option, "pairs": PAIRS, "logits": logits.tolist(), "scores": encoder.predict(PAIRS, **python).tolist()})
    return {"files": {**files, "tokenizer.json": f"={tokenizer}"}, "tensors": tensors, "runs": runs}


def rendering(template: str, messages: list[dict[str, Any]], variables: dict[str, Any]) -> dict[str, Any]:
    (text,), _ = render_jinja_template([messages], chat_template=template, **variables)
    return {"template": template, "messages": messages, "variables": variables, "text": text}


def main() -> None:
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    shared = {"plain": tokenizer_json(None), "pair": tokenizer_json("<s> $A|<s> $A <s>:1 $B:1")}
    with tempfile.TemporaryDirectory() as temporary:
        models = {name: model_of(name, shared, Path(temporary)) for name in MODELS}
    facts = {"seed": SEED, "files": shared, "models": models}
    renderings = [rendering(*one) for one in RENDERINGS]
    write_golden(f"{GOLDENS}/causal-rerankers.json", Path(__file__).name, LIBRARIES, renderings, **facts)


if __name__ == "__main__":
    main()
