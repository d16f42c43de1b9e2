from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from raufoss_assistant.errors import ModelError
from raufoss_assistant.index.encoder import Encoder, load_encoder
from raufoss_assistant.settings import Settings

WORDS = ["[UNK]", "query", "passage", ":", "sveising", "robot", "kurs", "frage", "text"]


def save(folder: Path, prompts: dict[str, str] | None = None) -> Path:
    """A real little model: the mean of a fixed random vector for each word."""
    from sentence_transformers import SentenceTransformer  # takes seconds: for the one process that needs it
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    vectors = np.random.default_rng(3).normal(size=(len(WORDS), 8)).astype(np.float32)
    words = StaticEmbedding(tokenizer, embedding_weights=vectors)
    SentenceTransformer(modules=[words], prompts=prompts, device="cpu").save(str(folder), create_model_card=False)
    return folder


def load(folder: Path) -> Encoder:
    return load_encoder(Settings(embedding_model=str(folder)))


def plain(folder: Path, text: str) -> np.ndarray:
    from sentence_transformers import SentenceTransformer  # takes seconds: for the one process that needs it

    return SentenceTransformer(str(folder), device="cpu").encode([text], prompt="", normalize_embeddings=True)


def test_e5_models_get_their_prompts(tmp_path: Path) -> None:
    folder = save(tmp_path / "norsk-e5-liten")
    encoder = load(folder)
    assert encoder.queries(["robot"]) == pytest.approx(plain(folder, "query: robot"), abs=1e-6)
    assert encoder.passages(["robot"]) == pytest.approx(plain(folder, "passage: robot"), abs=1e-6)


@pytest.mark.parametrize("name", ["minilm", "multilingual-e5-large-instruct", "file5"])
def test_other_models_get_none(tmp_path: Path, name: str) -> None:
    folder = save(tmp_path / name)
    encoder = load(folder)
    assert encoder.queries(["robot"]) == pytest.approx(plain(folder, "robot"), abs=1e-6)
    assert np.array_equal(encoder.queries(["robot"]), encoder.passages(["robot"]))


def test_a_model_keeps_its_own_prompts(tmp_path: Path) -> None:
    folder = save(tmp_path / "my-e5", {"query": "frage: ", "document": "text: "})
    encoder = load(folder)
    assert encoder.queries(["robot"]) == pytest.approx(plain(folder, "frage: robot"), abs=1e-6)
    assert encoder.passages(["robot"]) == pytest.approx(plain(folder, "text: robot"), abs=1e-6)


def test_order_is_kept_and_progress_adds_up(tmp_path: Path) -> None:
    folder = save(tmp_path / "m")
    encoder = load(folder)
    texts = ["robot", "sveising kurs " * 20, "kurs"] * 30
    steps: list[int] = []
    vectors = encoder.passages(texts, steps.append)
    assert vectors.shape == (90, 8)
    assert sum(steps) == 90
    assert vectors[89] == pytest.approx(plain(folder, "kurs")[0], abs=1e-6)
    assert vectors[1] == pytest.approx(plain(folder, texts[1])[0], abs=1e-6)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_vectors(tmp_path: Path) -> None:
    assert load(save(tmp_path / "m")).passages([]).shape == (0, 8)


def test_many_threads_get_what_one_gets(tmp_path: Path) -> None:
    encoder = load(save(tmp_path / "m"))
    expected = encoder.queries(["robot kurs", "sveising"])
    with ThreadPoolExecutor(6) as pool:
        for answer in pool.map(lambda _: encoder.queries(["robot kurs", "sveising"]), range(24)):
            assert answer == pytest.approx(expected, abs=1e-6)


def test_identity_changes_with_the_folder(tmp_path: Path) -> None:
    folder = save(tmp_path / "m")
    first = load(folder).identity
    assert first == load(folder).identity
    assert first.name.startswith(f"{folder}@")
    assert (first.dimension, first.normalised) == (8, True)
    (folder / "README.md").write_text("endret")
    assert load(folder).identity != first


@pytest.mark.parametrize("content", [None, "{", "{}"])
def test_what_cannot_be_loaded_is_named(tmp_path: Path, content: str | None) -> None:
    folder = tmp_path / "tom"
    if content is not None:
        folder.mkdir()
        (folder / "config.json").write_text(content)
    with pytest.raises(ModelError, match=r"Kan ikke laste språkmodellen «.*tom»\. .*Biblioteket melder: \S"):
        load(folder)
