import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import CorpusError, IndexBusyError, IndexUnavailableError, ModelError
from raufoss_assistant.index import build as building
from raufoss_assistant.index import store


def counts(report):
    return {
        status: n for status in ("added", "updated", "deleted", "unchanged", "failed") if (n := report.count(status))
    }


@pytest.fixture
def assistant(settings):
    assistant = Assistant(settings)
    assistant.build()
    yield assistant
    assistant.close()


def found(assistant, word):
    """Paths of passages that hold the word, by vector and by word."""
    return {hit.chunk.document for hit in assistant.search(word, 100) if word.lower() in hit.chunk.text.lower()}


def test_first_indexing(settings):
    report = Assistant(settings).build()
    assert counts(report) == {"added": 4}
    assert report.chunks == report.embedded == sum(file.chunks for file in report.files) > 4


def test_twice_embeds_nothing_and_writes_nothing(assistant, settings):
    before = store.current_generation(settings.data_dir)
    report = assistant.build()
    assert counts(report) == {"unchanged": 4}
    assert report.embedded == 0
    assert store.current_generation(settings.data_dir) == before


def test_touch_changes_nothing(assistant, settings):
    file = settings.corpus_dir / "klynge/laeringsfabrikken.md"
    os.utime(file, (1, 1))
    assert counts(assistant.build()) == {"unchanged": 4}


def test_edit(assistant, settings):
    file = settings.corpus_dir / "klynge/laeringsfabrikken.md"
    file.write_text(file.read_text("utf-8").replace("Bygning 5", "Kruttverket"), "utf-8")
    report = assistant.build()
    assert counts(report) == {"updated": 1, "unchanged": 3}
    assert 0 < report.embedded <= 2
    assert found(assistant, "Kruttverket") == {"klynge/laeringsfabrikken.md"}
    assert not found(assistant, "Bygning 5")


def test_rename(assistant, settings):
    folder = settings.corpus_dir / "klynge"
    (folder / "laeringsfabrikken.md").rename(folder / "fabrikken.md")
    report = assistant.build()
    assert counts(report) == {"added": 1, "deleted": 1, "unchanged": 3}
    assert report.embedded == 0
    assert found(assistant, "kvadratmeter") == {"klynge/fabrikken.md"}


def test_delete_is_gone(assistant, settings):
    (settings.corpus_dir / "klynge/laeringsfabrikken.md").unlink()
    report = assistant.build()
    assert counts(report) == {"deleted": 1, "unchanged": 3}
    assert not found(assistant, "sveisesimulatorer")
    assert all(hit.chunk.document != "klynge/laeringsfabrikken.md" for hit in assistant.search("Læringsfabrikken", 100))
    assert assistant.document("klynge/laeringsfabrikken.md") is None
    Assistant(settings).build()
    left = [file for file in settings.data_dir.rglob("*") if file.is_file() and b"sveisesimulator" in file.read_bytes()]
    assert not left


def test_duplicate_and_delete_one(assistant, settings):
    twin = settings.corpus_dir / "onboarding/laeringsfabrikken.md"
    twin.parent.mkdir()
    shutil.copy(settings.corpus_dir / "klynge/laeringsfabrikken.md", twin)
    report = assistant.build()
    assert counts(report) == {"added": 1, "unchanged": 4}
    assert report.embedded == 0
    assert found(assistant, "kvadratmeter") == {"klynge/laeringsfabrikken.md", "onboarding/laeringsfabrikken.md"}
    twin.unlink()
    assert counts(assistant.build()) == {"deleted": 1, "unchanged": 4}
    assert found(assistant, "kvadratmeter") == {"klynge/laeringsfabrikken.md"}


def test_a_file_that_breaks_keeps_its_former_edition(assistant, settings):
    (settings.corpus_dir / "klynge/laeringsfabrikken.md").write_bytes(b"")
    (settings.corpus_dir / "klynge/ny.md").write_text("# Ny\n\nEn helt fersk opplysning om valseverket.\n", "utf-8")
    report = assistant.build()
    assert counts(report) == {"added": 1, "failed": 1, "unchanged": 3}
    failed = next(file for file in report.files if file.status == "failed")
    assert "tom" in failed.error and "forrige utgave" in failed.error
    assert found(assistant, "kvadratmeter") == {"klynge/laeringsfabrikken.md"}
    assert found(assistant, "valseverket") == {"klynge/ny.md"}


def test_an_encoder_that_fails_half_way_leaves_the_old_index(assistant, settings, monkeypatch):
    for n in range(6):
        (settings.corpus_dir / f"klynge/ny{n}.md").write_text(
            f"# Ny {n}\n\nOpplysning nummer {n} om støperiet.\n", "utf-8"
        )
    monkeypatch.setattr(building, "_EMBED_AT_ONCE", 2)
    real, calls = assistant.encoder.passages, []

    def failing(texts, progress=None):
        calls.append(texts)
        if len(calls) == 3:
            raise ModelError("Modellen sviktet.")
        return real(texts, progress)

    monkeypatch.setattr(type(assistant.encoder), "passages", lambda _, texts, progress=None: failing(texts, progress))
    with pytest.raises(ModelError):
        assistant.build()
    assert found(assistant, "kvadratmeter")
    assert not found(assistant, "støperiet")
    monkeypatch.setattr(type(assistant.encoder), "passages", lambda _, texts, progress=None: real(texts, progress))
    report = assistant.build()
    assert counts(report) == {"added": 6, "unchanged": 4}
    assert report.embedded == 2, "what was embedded before the failure is kept"
    assert len(found(assistant, "støperiet")) == 6


def test_a_missing_corpus_is_named(settings):
    with pytest.raises(CorpusError, match="finnes-ikke"):
        Assistant(replace(settings, corpus_dir=settings.corpus_dir / "finnes-ikke")).build()


def test_one_writer_at_a_time(assistant, settings):
    script = (
        "import sys, time; from pathlib import Path; from raufoss_assistant.index import store\n"
        "with store.writer(Path(sys.argv[1])):\n    print('holds', flush=True); time.sleep(30)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, settings.data_dir], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "holds\n"
        began = time.perf_counter()
        with pytest.raises(IndexBusyError, match=rf"prosess {other.pid}, startet kl"):
            assistant.build()
        assert time.perf_counter() - began < 20, "it does not wait for the other to be done"
        assert found(assistant, "kvadratmeter"), "questions are answered meanwhile"
        other.kill()
    assert counts(assistant.build()) == {"unchanged": 4}


@pytest.mark.parametrize("moment", [0.0, 0.4])
def test_killed_while_indexing_then_run_again(assistant, settings, moment):
    for n in range(20):
        text = " ".join(f"Setning {i} om valseverk nummer {n}." for i in range(30))
        (settings.corpus_dir / f"klynge/stor{n}.md").write_text(f"# Stor {n}\n\n{text}\n", "utf-8")
    script = (
        "import sys; from pathlib import Path; from raufoss_assistant.assistant import Assistant\n"
        "from raufoss_assistant.settings import Settings\n"
        "assistant = Assistant(Settings(corpus_dir=Path(sys.argv[1]), data_dir=Path(sys.argv[2])))\n"
        "assistant.encoder; print('begins', flush=True); assistant.build()"
    )
    command = [sys.executable, "-c", script, settings.corpus_dir, settings.data_dir]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "begins\n"
        time.sleep(moment)
        child.send_signal(signal.SIGKILL)
    assert found(assistant, "kvadratmeter")
    report = assistant.build()
    assert report.count("failed") == 0
    assert len(assistant.index().properties) == 24
    assert len(found(assistant, "valseverk")) >= 3
    assert len([folder for folder in (settings.data_dir / "index").iterdir() if folder.is_dir()]) <= 2


def test_another_model_is_refused(assistant, settings):
    identity = replace(assistant.encoder.identity, name="en-annen-modell")
    with pytest.raises(IndexUnavailableError, match=r"en-annen-modell.*raufoss index"):
        store.Index.open(settings.data_dir, identity)


@pytest.mark.parametrize("damage", ["vectors", "words", "manifest.sqlite"])
def test_a_damaged_index_is_rebuilt(assistant, settings, damage):
    assistant.close()
    target = store.current_generation(settings.data_dir) / damage
    shutil.rmtree(target) if target.is_dir() else target.write_bytes(b"x" * 5000)
    with pytest.raises(IndexUnavailableError, match="raufoss index"):
        Assistant(settings).search("robot")
    fresh = Assistant(settings)
    fresh.build()
    assert found(fresh, "kvadratmeter")
    fresh.close()


def test_it_waits_for_a_reader_that_tidies_up(settings):
    """A reader that moves on to a new generation holds the right to write for a moment."""
    begun = threading.Event()

    def tidying():
        with store.writer(settings.data_dir):
            begun.set()
            time.sleep(0.3)

    thread = threading.Thread(target=tidying)
    thread.start()
    assert begun.wait(10)
    assert counts(Assistant(settings).build()) == {"added": 4}
    thread.join()
