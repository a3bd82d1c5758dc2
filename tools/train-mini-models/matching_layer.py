"""Layers for the reranker that compare words, and words in context, from the start, so that training does not have to discover this."""

from __future__ import annotations

import torch
from transformers import BertModel


@torch.no_grad()
def make_first_layer_match(bert: BertModel, token_scale: float = 1.2, side_scale: float = 0.6) -> None:
    """
    Sets layer 0 so that each token looks for its like on the *other* side of the pair, and else at itself.

    In every head one dimension knows the side (query or candidate), the others are a random projection of the token,
    the same for queries and keys: equal words meet with a high score, and a bonus if they are on different sides, so
    that a word without a partner falls back on itself. What is read is the partner's side: "found over there".
    """
    hidden, heads = bert.config.hidden_size, bert.config.num_attention_heads
    size = hidden // heads
    side = torch.nn.functional.normalize(torch.randn(hidden), dim=0)
    embeddings = bert.embeddings.token_type_embeddings.weight
    # The pieces' norm is about hidden ** .5 / 2; the side must be seen beside it and not outweigh it.
    embeddings[0], embeddings[1] = side * 3, -side * 3
    self_attention, output = bert.encoder.layer[0].attention.self, bert.encoder.layer[0].attention.output.dense
    for layer in (self_attention.query, self_attention.key, self_attention.value, output):
        layer.bias.zero_()
    output.weight.normal_(std=0.01)
    for head in range(heads):
        rows = slice(head * size, (head + 1) * size)
        projection = torch.linalg.qr(torch.randn(hidden, size - 1))[0].T
        projection = projection - (projection @ side)[:, None] * side
        last = head * size + size - 1
        self_attention.query.weight[rows] = torch.cat([projection * token_scale, side[None] * side_scale])
        self_attention.key.weight[rows] = torch.cat([projection * token_scale, -side[None] * side_scale])
        self_attention.value.weight[rows] = torch.cat([projection * 0.1, side[None] * 0.3])
        output.weight[:, last] = torch.nn.functional.normalize(torch.randn(hidden), dim=0) * 1.5


@torch.no_grad()
def make_later_layers_add_little(bert: BertModel, first: int) -> None:
    """
    Sets the layers from `first` on so that they are nearly the identity, and training can change them freely.

    The first of them looks for tokens that are alike in context: in every head a random projection, the same for queries and keys.
    """
    size = bert.config.hidden_size // bert.config.num_attention_heads
    before = bert.encoder.layer[first - 1].output.LayerNorm
    for layer in bert.encoder.layer[first:]:
        for output in (layer.attention.output, layer.output):
            output.dense.weight.mul_(0.5)
            output.LayerNorm.load_state_dict(before.state_dict())
    attention = bert.encoder.layer[first].attention.self
    for head in range(bert.config.num_attention_heads):
        rows = slice(head * size, (head + 1) * size)
        attention.query.weight[rows] = attention.key.weight[rows] = torch.linalg.qr(torch.randn(bert.config.hidden_size, size))[0].T
