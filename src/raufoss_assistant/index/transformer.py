"""The embedded model as an ordinary sentence-transformers model: for comparison, training and export."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from transformers import BertConfig, PreTrainedTokenizerFast

from raufoss_assistant.index.embedded import tokenizer, trained_weights
from raufoss_assistant.index.weights import Shape, Weights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PROMPTS = {"query": "query: ", "document": "passage: ", "passage": "passage: "}
_EMBEDDINGS = {
    "emb.word": "word_embeddings.weight",
    "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight",
    "emb.ln.b": "LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def as_sentence_transformer() -> SentenceTransformer:
    """The embedded weights in float32: BERT, mean pooling over the tokens, L2 normalisation, both prompts.

    Raises:
        ModelError: the weights are missing or damaged.

    Example:
        >>> as_sentence_transformer().encode_query("Hva er en katapult?").shape
        (384,)
    """
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer  # noqa: PLC0415

    weights = trained_weights()
    with TemporaryDirectory() as folder:
        _save(weights, Path(folder))
        bert = Transformer(folder, model_kwargs={"add_pooling_layer": False})
    modules = [bert, Pooling(weights.shape.width, "mean"), Normalize()]
    return SentenceTransformer(modules=modules, prompts=PROMPTS, device="cpu")


def _save(weights: Weights, folder: Path) -> None:
    """Write the model and its tokenizer as transformers keeps them."""
    _config(weights.shape, weights.pieces.pad).save_pretrained(folder)
    save_file(_state(weights), folder / "model.safetensors", metadata={"format": "pt"})
    pieces = weights.pieces
    special = {
        f"{name}_token": pieces.scored[number][0]
        for name, number in [("bos", pieces.bos), ("eos", pieces.eos), ("pad", pieces.pad), ("unk", pieces.unk)]
    }
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer(pieces, weights.shape.positions),
        model_max_length=weights.shape.positions,
        cls_token=special["bos_token"],
        sep_token=special["eos_token"],
        **special,
    ).save_pretrained(folder)


def _config(shape: Shape, pad: int) -> BertConfig:
    return BertConfig(
        architectures=["BertModel"],
        vocab_size=shape.vocabulary,
        hidden_size=shape.width,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.positions,
        layer_norm_eps=shape.epsilon,
        hidden_act="gelu",
        pad_token_id=pad,
    )


def _state(weights: Weights) -> dict[str, NDArray[np.float32]]:
    """The weights under the names that BertModel gives them."""
    dense = {name: weights.dense(name.removesuffix(".w")) for name in weights.matrices if name != "emb.word"}
    values = weights.vectors | dense | {"emb.word": weights.matrices["emb.word"].dense()}
    named = {}
    for name, value in values.items():
        if name in _EMBEDDINGS:
            rows = value.reshape(-1, weights.shape.width) if not name.startswith("emb.ln") else value
            named[f"embeddings.{_EMBEDDINGS[name]}"] = np.ascontiguousarray(rows)
        else:
            layer, part, kind = name.split(".")
            kind = {"w": "weight", "b": "bias"}[kind]
            named[f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{kind}"] = value
    return named
