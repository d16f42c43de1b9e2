"""Reader and encoder as torch networks: the embedded encoder, frozen, with low-rank adapters, and what comes on top.

Names are those of `raufoss_assistant.index.weights.Weights`, so that what is trained can be merged into them.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from raufoss_assistant.index.weights import Weights
from raufoss_assistant.retrieval.passage_reader import Pair

RANK = 16
LIKENESS = 1.0
"""First weight of the product of the question's and the passage's mean: before training, the score tells how alike they
are, and not nothing."""
UNLIKE = -19.0
"""First bias of the score; their likeness is about 18."""
_PARTS = (("q", "k", "v"), ("ao",), ("fi",), ("fo",))


class Layers(nn.Module):
    """The hidden states of texts.

    Trained are, after LoRA (Hu et al., 2021), a product of two thin matrices beside each matrix of the layers, and the
    vectors of the layers (biases and normalisations). Texts are packed one after another, so that nothing is padded.
    The matrices multiply in `kind`: bfloat16, in which processors with AVX512-BF16 are far faster, or float32.
    """

    dropped = 0.0
    """Share of what a layer adds that is dropped while training (Srivastava et al., 2014; as in BERT)."""

    def __init__(self, weights: Weights, kind: torch.dtype, heads: dict[str, Tensor]) -> None:
        super().__init__()
        self._kind = kind
        self.shape = weights.shape
        width = self.shape.width
        self._frozen: dict[str, Tensor] = {}
        trained: dict[str, Tensor] = {}
        for layer in range(self.shape.layers):
            for parts in _PARTS:
                matrices = [torch.tensor(weights.matrices[f"l{layer}.{part}.w"].dense()) for part in parts]
                self._frozen["".join([f"l{layer}.", *parts])] = torch.cat(matrices).to(kind)
                for part, matrix in zip(parts, matrices, strict=True):
                    trained[f"l{layer}.{part}.down"] = torch.randn(RANK, matrix.shape[1]) / matrix.shape[1] ** 0.5
                    trained[f"l{layer}.{part}.up"] = torch.zeros(matrix.shape[0], RANK)
        trained |= {name: torch.tensor(values) for name, values in weights.vectors.items() if name.startswith("l")}
        trained |= heads
        self._words = torch.tensor(weights.matrices["emb.word"].dense()).to(torch.float16)
        places = weights.vectors["emb.pos"].reshape(-1, width) + weights.vectors["emb.type"][:width]
        self._places = torch.tensor(places)
        self._norm = [torch.tensor(weights.vectors[f"emb.ln.{part}"]) for part in "wb"]
        self._trained = nn.ParameterDict(
            {name.replace(".", "_"): nn.Parameter(value) for name, value in trained.items()}
        )
        self.names = list(trained)

    def trained(self, name: str) -> Tensor:
        """A trained tensor by its name in the adapter."""
        return self._trained[name.replace(".", "_")]

    def adapter(self) -> dict[str, Tensor]:
        """All that is trained, by name."""
        return {name: self.trained(name).detach() for name in self.names}

    def load(self, adapter: dict[str, Tensor]) -> None:
        """Take over what `adapter` gave."""
        with torch.no_grad():
            for name, value in adapter.items():
                self.trained(name).copy_(value)

    def hidden(self, texts: Sequence[Sequence[int]]) -> tuple[Tensor, ...]:
        """Hidden states of each text, (tokens, width), given its tokens."""
        lengths = [len(one) for one in texts]
        hidden = self._words[torch.tensor([token for one in texts for token in one])].float()
        hidden = hidden + torch.cat([self._places[:length] for length in lengths])
        hidden = functional.layer_norm(hidden, (self.shape.width,), *self._norm, self.shape.epsilon)
        for layer in range(self.shape.layers):
            hidden = self._layer(hidden, f"l{layer}.", lengths)
        return hidden.split(lengths)

    def _layer(self, hidden: Tensor, prefix: str, lengths: list[int]) -> Tensor:
        packed = self._linear(hidden, prefix, "qkv").unflatten(1, (3, self.shape.heads, -1)).permute(1, 2, 0, 3)
        parts = (one.unbind(0) for one in packed.split(lengths, dim=2))
        attended = [functional.scaled_dot_product_attention(*(one[None] for one in part))[0] for part in parts]
        context = torch.cat(attended, dim=1).transpose(0, 1).flatten(1)
        hidden = self._normalised(hidden + self._dropped(self._linear(context, prefix, ["ao"])), f"{prefix}aln")
        inner = functional.gelu(self._linear(hidden, prefix, ["fi"]))
        return self._normalised(hidden + self._dropped(self._linear(inner, prefix, ["fo"])), f"{prefix}oln")

    def _dropped(self, value: Tensor) -> Tensor:
        return functional.dropout(value, self.dropped, self.training) if self.dropped else value

    def _linear(self, value: Tensor, prefix: str, parts: Sequence[str]) -> Tensor:
        """Value times the matrices side by side, each with its adapter and bias."""
        names = [prefix + part for part in parts]
        bias = torch.cat([self.trained(f"{name}.b") for name in names])
        down = torch.cat([self.trained(f"{name}.down") for name in names])
        up = torch.block_diag(*(self.trained(f"{name}.up") for name in names))
        half = value.to(self._kind)
        plain = torch.addmm(bias.to(half.dtype), half, self._frozen["".join([prefix, *parts])].T)
        return torch.addmm(plain, half @ down.to(half.dtype).T, up.to(half.dtype).T).float()

    def _normalised(self, value: Tensor, name: str) -> Tensor:
        weight, bias = (self.trained(f"{name}.{part}") for part in "wb")
        return functional.layer_norm(value, (self.shape.width,), weight, bias, self.shape.epsilon)


class Reader(Layers):
    """A score from the hidden states of question and passage, and logits of where an answer starts and ends."""

    dropped = 0.1

    def __init__(self, weights: Weights, kind: torch.dtype = torch.bfloat16) -> None:
        width = weights.shape.width
        heads = {
            "score.w": torch.cat([torch.zeros(1, 3 * width), torch.full((1, width), LIKENESS)], dim=1),
            "score.b": torch.full((1,), UNLIKE),
            "span.w": torch.randn(2, width) * 0.02,
            "span.b": torch.zeros(2),
        }
        super().__init__(weights, kind, heads)

    def forward(self, pairs: Sequence[Pair]) -> tuple[Tensor, Tensor]:
        """Scores (texts,) and span logits (all tokens, 2), text after text."""
        texts = self.hidden([pair.tokens for pair in pairs])
        rows = []
        for pair, text in zip(pairs, texts, strict=True):
            both = text[: pair.asked].mean(0), text[pair.asked :].mean(0)
            rows.append(torch.cat([text[0], *both, both[0] * both[1]]))
        score = functional.linear(torch.stack(rows), self.trained("score.w"), self.trained("score.b"))[:, 0]
        return score, functional.linear(torch.cat(texts), self.trained("span.w"), self.trained("span.b"))


class Embedder(Layers):
    """The unit vector of a text: the mean of its hidden states, at length 1."""

    def __init__(self, weights: Weights, kind: torch.dtype = torch.bfloat16) -> None:
        super().__init__(weights, kind, {})

    def forward(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """Vectors (texts, width) of texts given by their tokens."""
        return functional.normalize(torch.stack([text.mean(0) for text in self.hidden(texts)]))
