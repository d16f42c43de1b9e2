"""The reader: pairs of question and passage, spans, the time budget, and what happens when its adapter is no good."""

import logging
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.index.embedded import TOKENIZER, unpacked
from raufoss_assistant.model import Chunk
from raufoss_assistant.retrieval.passage_reader import (
    ADAPTER,
    QUESTION_TOKENS,
    SPAN_TOKENS,
    TOKENS,
    Pair,
    PassageReader,
    ReaderUnavailableError,
    best_span,
    load_reader,
)
from raufoss_assistant.settings import Settings

FACTORY = "Læringsfabrikken er 1 500 kvadratmeter stor og ligger i Bygning 5."


def passage(text: str, context: str = "Læringsfabrikken") -> Chunk:
    return Chunk("id", "klynge/om.md", 0, None, (), text, 0, len(text), context)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(unpacked(Settings().model_dir) / TOKENIZER))


@pytest.fixture(scope="module")
def reader() -> PassageReader:
    return PassageReader.load(Settings())


@pytest.mark.parametrize("context", ["Læringsfabrikken", ""])
@pytest.mark.parametrize("answer", ["1 500 kvadratmeter", "Læringsfabrikken", "Bygning 5."])
def test_a_pair_knows_which_tokens_are_the_answers(tokenizer: Tokenizer, context: str, answer: str) -> None:
    pair = Pair.of(tokenizer, "Hvor stor er den?", context, FACTORY)
    start = FACTORY.find(answer)
    first, last = pair.tokens_of(start, start + len(answer))
    offsets = dict(zip(pair.text, pair.offsets, strict=True))
    assert FACTORY[offsets[first][0] : offsets[last][1]].strip() == answer
    pieces = "".join(map(tokenizer.id_to_token, pair.tokens[first : last + 1]))
    assert pieces.replace("▁", " ").strip() == answer


def test_the_texts_tokens_cover_the_text_and_nothing_before_it(tokenizer: Tokenizer) -> None:
    pair = Pair.of(tokenizer, "Hva?", "Ole › Kari", FACTORY)
    assert "".join(FACTORY[start:end] for start, end in pair.offsets) == FACTORY
    assert pair.text == list(range(pair.text[0], len(pair.tokens) - 1))


def test_what_is_too_long_is_cut(tokenizer: Tokenizer) -> None:
    pair = Pair.of(tokenizer, "hvor stor " * 200, "", f"{FACTORY} " * 100)
    assert len(pair.tokens) == TOKENS
    assert pair.text[0] == QUESTION_TOKENS + 2
    assert pair.tokens_of(len(FACTORY) * 99, len(FACTORY) * 99 + 5) is None
    assert pair.tokens_of(0, 5) is not None


def test_the_best_span_ends_after_its_start() -> None:
    logits = np.zeros((6, 2), np.float32)
    logits[4, 0], logits[1, 1], logits[5, 1] = 3, 9, 2
    assert best_span(logits) == (0, 1, 9.0)
    logits[1, 1] = 2
    assert best_span(logits) == (4, 5, 5.0)


def test_the_best_span_is_no_longer_than_allowed() -> None:
    logits = np.zeros((SPAN_TOKENS + 1, 2), np.float32)
    logits[0, 0], logits[SPAN_TOKENS, 1] = 5, 5
    first, last, logit = best_span(logits)
    assert logit == 5
    assert last - first < SPAN_TOKENS


def test_the_passage_that_answers_is_told_from_the_others_and_the_answer_found(reader: PassageReader) -> None:
    passages = [
        passage("Lærlinger, fagskolestudenter og ansatte i bedriftene trener på roboter og sveisesimulatorer der."),
        passage(FACTORY),
        passage("SkatteFUNN gir 19 prosent av godkjente kostnader til forskning tilbake.", "SkatteFUNN"),
    ]
    readings = reader.read("Hvor mange kvadratmeter er Læringsfabrikken?", passages)
    assert np.argmax([reading.score for reading in readings]) == 1
    assert "1 500" in FACTORY[slice(*readings[1].span)]
    assert all(0 <= reading.chance <= 1 and 0 <= reading.nowhere <= 1 for reading in readings)
    assert readings[2].chance < 0.5


def test_a_passage_of_many_words_and_one_without_words_are_read(reader: PassageReader) -> None:
    long, empty = reader.read("Hva?", [passage("ord " * 1000), passage("", "Bare overskrift")])
    assert long.span is not None
    assert long.span[1] <= 4000
    assert empty.span is None
    assert empty.nowhere == 1


def test_no_more_than_so_many_passages_are_read(reader: PassageReader) -> None:
    assert len(reader.read("Hvor?", [passage(FACTORY)] * 5, most=2)) == 2
    assert reader.read("Hvor?", []) == []


def test_what_was_read_once_is_not_read_again(reader: PassageReader) -> None:
    passages = [passage(FACTORY, f"Gang {number}") for number in range(12)]
    first = reader.read("Hvor stor er fabrikken?", passages, seconds=1e9)
    again = reader.read("Hvor stor er fabrikken?", passages, seconds=1e9)
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_when_the_time_is_out_the_first_have_been_read(reader: PassageReader) -> None:
    began = time.perf_counter()
    passages = [passage(f"{FACTORY} " * 10, f"Nummer {number}") for number in range(200)]
    readings = reader.read("Hvor?", passages, most=200, seconds=0.05)
    assert 1 <= len(readings) < 200
    assert time.perf_counter() - began < 5
    assert len(reader.read("Hvor?", [passage(FACTORY)] * 3, seconds=0)) >= 1


def test_passages_of_an_index_are_read(reader: PassageReader, small_assistant: Assistant) -> None:
    hits = small_assistant.search("Når er fristen for SkatteFUNN?", 5)
    readings = reader.read("Når er fristen for SkatteFUNN?", [hit.chunk for hit in hits])
    assert len(readings) == len(hits)


def test_a_missing_adapter_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReaderUnavailableError, match=r"leser\.safetensors mangler eller er skadet"):
        PassageReader.load(Settings(), tmp_path / "leser.safetensors")


def test_a_damaged_adapter_is_an_error(tmp_path: Path) -> None:
    damaged = tmp_path / "reader.safetensors"
    damaged.write_bytes(ADAPTER.read_bytes()[:1000])
    with pytest.raises(ReaderUnavailableError):
        PassageReader.load(Settings(), damaged)


@pytest.mark.parametrize("spoilt", ["score.w", "l0.q.up", "l0.aln.w"])
def test_an_adapter_for_another_model_is_an_error(tmp_path: Path, spoilt: str) -> None:
    trained = load_file(ADAPTER)
    trained[spoilt] = trained[spoilt][..., :-1].copy()
    save_file(trained, tmp_path / "reader.safetensors")
    with pytest.raises(ReaderUnavailableError):
        PassageReader.load(Settings(), tmp_path / "reader.safetensors")


def test_without_a_reader_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("raufoss_assistant.retrieval.passage_reader.ADAPTER", tmp_path / "borte.safetensors")
    with caplog.at_level(logging.WARNING):
        assert load_reader(Settings()) is None
    assert "borte.safetensors mangler" in caplog.text


def test_a_graph_that_was_cut_off_is_made_anew(reader: PassageReader, tmp_path: Path) -> None:
    settings = Settings(model_dir=tmp_path)
    shutil.copytree(Settings().model_dir, tmp_path, ignore=shutil.ignore_patterns("tests"), dirs_exist_ok=True)
    graphs = list(tmp_path.glob("reader-*.onnx"))  # of other adapters too, where somebody has trained here
    whole = {graph.stat().st_size for graph in graphs}
    for graph in graphs:
        graph.write_bytes(graph.read_bytes()[:10_000])
    assert PassageReader.load(settings).read("Hvor?", [passage(FACTORY)])
    assert [graph.stat().st_size in whole for graph in graphs].count(True) == 1
    assert not list(tmp_path.glob(".reader-*"))
