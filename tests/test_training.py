"""The training of reader and encoder: what is held back, what counts as wrong, windows, and that torch and ONNX agree."""

import json
import random
import sys
from itertools import count
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch")
sys.path.append(str(Path(__file__).parents[1] / "training"))

import compare  # noqa: E402
import gather  # noqa: E402
import loop  # noqa: E402
import train  # noqa: E402
import train_encoder  # noqa: E402
from network import Embedder, Reader  # noqa: E402
from safetensors.torch import load_file  # noqa: E402
from sources import split_of  # noqa: E402

from raufoss_assistant.index.embedded import load_tokenizer, unpacked  # noqa: E402
from raufoss_assistant.index.onnx_graph import reader_graph, sentence_graph  # noqa: E402
from raufoss_assistant.model import Chunk  # noqa: E402
from raufoss_assistant.retrieval.passage_reader import Pair  # noqa: E402
from raufoss_assistant.settings import Settings  # noqa: E402
from test_onnx_graph import random_weights  # noqa: E402


def passage(text: str) -> Chunk:
    return Chunk("id", "om.md", 0, None, (), text, 0, len(text), "")


def test_a_quarter_of_the_articles_is_held_back_and_a_fifth_of_the_rest_is_for_development() -> None:
    splits = [split_of(f"nq-w-{number}.md") for number in range(4000)]
    assert splits.count("held") / 4000 == pytest.approx(0.25, abs=0.02)
    assert splits.count("dev") / 4000 == pytest.approx(0.15, abs=0.02)
    assert split_of("nq-w-7") == split_of("nq-w-7.md")


def test_a_law_is_held_back_as_a_whole() -> None:
    assert len({split_of(f"lov-1950-12-08-3-{section}.md") for section in ("1_1", "2", "19")}) == 1
    assert len({split_of(f"lov-1961-05-05-{section}.md") for section in ("1_1", "2_3", "7")}) == 1
    assert {split_of(f"lov-1950-12-08-{number}-1.md") for number in range(20)} == {"train", "held"}


def test_a_passage_with_the_answer_or_most_of_its_words_is_not_called_wrong() -> None:
    assert gather.holds(passage("Den ligger i BYGNING 5."), "bygning 5")
    assert gather.holds(passage("Klyngen styres av et valgt styre."), "et styre som er valgt av klyngen")
    assert not gather.holds(passage("Klyngen ligger på Raufoss."), "et styre som er valgt av klyngen")


@pytest.mark.parametrize("size", train.WINDOWS)
@pytest.mark.parametrize("seed", range(20))
def test_a_window_keeps_the_answer(seed: int, size: int) -> None:
    chance = random.Random(seed)
    words = [f"ord{number}" for number in range(200)]
    text = " ".join(words)
    first = chance.randrange(195)
    answer = " ".join(words[first : first + 5])
    start = text.find(answer)
    window, span = train.narrowed(text, (start, start + len(answer)), size, chance)
    assert window[slice(*span)] == answer
    assert len(window.split()) == size


def test_a_short_text_and_a_long_answer_are_kept_whole() -> None:
    assert train.narrowed("kort tekst", (0, 4), 48, random.Random(0)) == ("kort tekst", (0, 4))
    text = "ord " * 100
    window, span = train.narrowed(text, (0, 399), 48, random.Random(0))
    assert window[slice(*span)] == text[:399]


def test_wrong_passages_are_drawn_from_the_group_and_a_laws_section_stays_whole() -> None:
    wrong = [["tittel", f"tekst {number} " * 100] for number in range(8)]
    law = gather.Group("laws", "train", "Kva er lova? (Lova)", ["Lova § 1", "ord " * 100], None, wrong)
    for seed in range(10):
        group, drawn, _ = train.drawn(law, random.Random(seed))
        assert group.right == law.right
        assert len(drawn) == train.WRONG
        assert all(list(one) in wrong for one in drawn)


def test_the_rate_rises_and_falls() -> None:
    rates = [loop.rising_then_falling(progress, train.RATE) for progress in (0.0, loop.WARM, 0.5, 0.999)]
    assert rates[0] < rates[2] < rates[1] == pytest.approx(train.RATE, rel=0.01)
    assert rates[3] < 1e-5


def test_the_graph_of_the_reader_agrees_with_the_network_it_was_trained_as() -> None:
    weights = random_weights()
    torch.manual_seed(0)
    network = Reader(weights, torch.float32).eval()
    adapter = {name: torch.randn(value.shape) * 0.1 + value for name, value in network.adapter().items()}
    network.load(adapter)
    pairs = [Pair([0, 5, 9, 2, 4, 2], 3, [], []), Pair([0, *range(10, 24), 2], 5, [], [])]
    with torch.no_grad():
        scores, spans = network(pairs)
    merged = weights.adapted({name: value.numpy() for name, value in adapter.items()})
    session = onnxruntime.InferenceSession(
        reader_graph(merged, [(p.tokens, p.asked) for p in pairs]).SerializeToString()
    )
    for pair, score, span in zip(pairs, scores, spans.split([6, 16]), strict=True):
        inputs = {"input_ids": np.array([pair.tokens], np.int32), "asked": np.array([pair.asked])}
        found, places = session.run(["score", "span"], inputs)
        assert found[0, 0] == pytest.approx(float(score), abs=0.4)
        assert np.abs(places[0] - span.numpy()).max() < 0.2


def test_training_lowers_the_losses() -> None:
    torch.manual_seed(0)
    network = Reader(random_weights(), torch.float32)
    batch = [
        [
            train.Example(
                Pair([0, 7, 2, 20 + n, 30 + n, 2], 3, [3, 4], []), answers=n == 0, span=(3, 4) if n == 0 else (0, 0)
            )
            for n in range(3)
        ]
    ]
    optimiser = torch.optim.AdamW(network.parameters(), lr=0.01)
    totals = []
    for _ in range(30):
        total = sum(train.losses(*network([example.pair for example in batch[0]]), batch))
        optimiser.zero_grad()
        total.backward()
        optimiser.step()
        totals.append(float(total.detach()))
    assert totals[-1] < totals[0] / 4


def test_a_group_without_an_answer_teaches_to_say_none() -> None:
    torch.manual_seed(0)
    batch = [[train.Example(Pair([0, 7, 2, 20, 30, 2], 3, [3, 4], []), answers=False, span=(0, 0))]]
    sure, unsure = (train.losses(torch.tensor([score]), torch.zeros(6, 2), batch)[0] for score in (4.0, -4.0))
    assert float(sure) > 3 > 0.1 > float(unsure)


def test_a_claim_makes_a_group_of_its_sentences(small_assistant) -> None:
    place = gather.Collection.__new__(gather.Collection)
    place.name, place._index = "raufoss", small_assistant.index()
    document = "klynge/laeringsfabrikken.md"
    sentence = next(chunk.text for chunk in place.chunks_of(document)).split("\n")[0]
    told = place.claim("claims", "Fabrikken er stor.", document, sentence, told=True)
    untold = place.claim("claims", "Fabrikken er liten.", document, sentence, told=False)
    assert (told.right[1], told.wrong, untold.right, untold.wrong[0][1]) == (sentence, (), None, sentence)
    assert isinstance(place.claim("claims", "x", document, "står ikke der", told=True), str)


def split(text: str, number: int, *, answer: str = "svar") -> gather.Group:
    wrong = (("Tittel", f"Noe annet {number}."),)
    start = text.find(answer)
    return gather.Group("x", "train", f"Hva er {number}?", ("Tittel", text), (start, start + len(answer)), wrong)


@pytest.fixture(scope="module")
def tokenizer():
    return load_tokenizer(unpacked(Settings.from_environment().model_dir))


def test_another_passage_with_the_answer_is_not_called_wrong(tokenizer) -> None:
    groups = [split("Dette er svar A.", 1), split("Også her står svar A.", 2, answer="svar A"), split("Helt annet", 3)]
    batch = train_encoder.Batch(tokenizer, groups, random.Random(0))
    assert batch.possible.shape == (3, 6) and len(batch.passages) == 6
    assert batch.possible[0].tolist() == [True, False, True, True, True, True]
    assert batch.possible[1].tolist() == [False, True, True, True, True, True]


def test_training_brings_questions_nearer_to_what_answers_them() -> None:
    torch.manual_seed(0)
    network = Embedder(random_weights(), torch.float32)

    class Batch:
        questions = ([0, 7, 2], [0, 9, 2])
        passages = ([0, 20, 30, 2], [0, 21, 31, 2], [0, 22, 32, 2])
        possible = torch.ones(2, 3, dtype=torch.bool)

    optimiser = torch.optim.AdamW(network.parameters(), lr=0.01)
    values = []
    for _ in range(30):
        value = train_encoder.loss(network, Batch())
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
        values.append(float(value.detach()))
    assert values[-1] < values[0] / 4


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_of_what_was_learnt_so_much_is_written(share, tmp_path, monkeypatch) -> None:
    torch.manual_seed(0)
    weights = random_weights()
    network = Embedder(weights, torch.float32).eval()
    begun = {name: value.clone() for name, value in network.adapter().items()}
    network.load({name: torch.randn(value.shape) * 0.1 + value for name, value in network.adapter().items()})
    monkeypatch.setattr(train_encoder, "ENCODER_ADAPTER", tmp_path / "a.safetensors")
    train_encoder.write(network.adapter(), begun, share)
    trained = {name: value.float() for name, value in load_file(tmp_path / "a.safetensors").items()}
    product = trained["l0.q.up"] @ trained["l0.q.down"]
    whole = network.adapter()["l0.q.up"] @ network.adapter()["l0.q.down"]
    assert torch.allclose(product, share * whole, atol=1e-3)
    assert torch.allclose(trained["l0.q.b"], torch.lerp(begun["l0.q.b"], network.adapter()["l0.q.b"], share), atol=1e-3)


def test_the_graph_of_the_encoder_agrees_with_the_network_it_was_trained_as() -> None:
    weights = random_weights()
    torch.manual_seed(0)
    network = Embedder(weights, torch.float32).eval()
    adapter = {name: torch.randn(value.shape) * 0.1 + value for name, value in network.adapter().items()}
    network.load(adapter)
    texts = [[0, 5, 9, 2], [0, *range(10, 24), 2]]
    with torch.no_grad():
        vectors = network(texts).numpy()
    merged = weights.adapted({name: value.numpy() for name, value in adapter.items()})
    session = onnxruntime.InferenceSession(sentence_graph(merged, texts).SerializeToString())
    for text, vector in zip(texts, vectors, strict=True):
        [found] = session.run(None, {"input_ids": np.array([text], np.int32)})
        assert float(found[0] @ vector) > 0.99


def test_what_is_written_lies_between_the_adapter_before_and_the_new_one(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(train, "ADAPTER", tmp_path / "a.safetensors")
    new, old = {"a": torch.ones(2), "b": torch.ones(2)}, {"a": torch.zeros(2)}
    train.write(new, old, 0.25)
    written = load_file(tmp_path / "a.safetensors")
    assert written["a"].tolist() == [0.25, 0.25] and written["b"].tolist() == [1, 1]


def test_training_is_logged_and_goes_on_from_its_checkpoint(tmp_path, monkeypatch) -> None:
    torch.manual_seed(0)
    seconds = count()
    monkeypatch.setattr(loop.time, "perf_counter", lambda: float(next(seconds)))  # a step takes a second
    network = Embedder(random_weights(), torch.float32)
    begun, looks = [], []

    def batches(done):
        begun.append(done)
        while True:
            yield {"loss": network([[0, 7, 2], [0, 9, 2]]).sum()}

    def watch(last):
        looks.append(last)
        return {"dev": 1.0}

    plan = loop.Plan(1.2, 0.001, 20, tmp_path / "c.pt", tmp_path / "log.jsonl")
    loop.trained(network, batches, watch, plan)
    rows = [json.loads(line) for line in plan.log.read_text("utf-8").splitlines()]
    assert [row["step"] for row in rows[:-1]] == [10, 20, 30, 40, 50, 60, 70]
    assert rows[1].keys() == {"step", "seconds", "rate", "loss", "dev"} and rows[-1]["dev"] == 1.0
    assert looks == [False, False, False, True]
    loop.trained(network, batches, watch, plan)
    assert begun == [0, 50]


def test_an_adapter_is_read_from_its_file_or_from_a_checkpoint(tmp_path: Path) -> None:
    weights = {"score.b": torch.tensor([0.5])}
    loop.save(weights, tmp_path / "a.safetensors")
    torch.save({"adapter": weights, "done": 50}, tmp_path / "checkpoint.pt")
    for name in ("a.safetensors", "checkpoint.pt"):
        assert float(compare.adapter(tmp_path / name)["score.b"]) == 0.5
