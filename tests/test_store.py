import os
import shutil
import tempfile
from pathlib import Path

import pytest

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import IndexUnavailableError
from raufoss_assistant.index import store


@pytest.fixture
def assistant(settings):
    assistant = Assistant(settings)
    assistant.build()
    yield assistant
    assistant.close()


def generations(settings):
    return {folder for folder in store.generations_dir(settings.data_dir).iterdir() if folder.is_dir()}


def change(settings):
    file = settings.corpus_dir / "klynge/laeringsfabrikken.md"
    file.write_text(file.read_text("utf-8") + "\nMer tekst om fabrikken.\n", "utf-8")


def test_no_index(settings, assistant):
    assert store.current_generation(settings.data_dir / "annet") is None
    with pytest.raises(IndexUnavailableError, match="ingen indeks"):
        store.Index.open(settings.data_dir / "annet", assistant.encoder.identity)


def test_a_generation_in_use_is_left_until_it_is_free(settings, assistant):
    reader = store.Index.open(settings.data_dir, assistant.encoder.identity)
    change(settings)
    assistant.build()
    assert not reader.is_current()
    assert reader.folder in generations(settings)
    assert reader.manifest.chunks([0])
    reader.close()
    assistant.build()
    assert generations(settings) == {store.current_generation(settings.data_dir)}


def test_leftovers_of_a_killed_indexing_are_removed(settings, assistant):
    leftover = store.generations_dir(settings.data_dir) / "20200101-000000-abcdef01"
    (leftover / "vectors").mkdir(parents=True)
    assistant.build()
    assert not leftover.exists()


@pytest.mark.parametrize("name", ["", "finnes-ikke", "\0", "æ"])
def test_a_damaged_pointer_means_no_index(settings, assistant, name):
    (store.generations_dir(settings.data_dir) / "current").write_text(name, "utf-8")
    assert store.current_generation(settings.data_dir) is None


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "fil").write_text("x")
    with pytest.raises(IndexUnavailableError, match="Kan ikke skrive"), store.writer(tmp_path / "fil" / "data"):
        pass


def test_an_older_layout_is_named(settings, assistant, monkeypatch):
    monkeypatch.setattr(store, "FORMAT", "older")
    with pytest.raises(IndexUnavailableError, match="annen utgave"):
        store.Index.open(settings.data_dir, assistant.encoder.identity)


def test_a_folder_that_cannot_be_written_is_named(assistant, settings):
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        shutil.copytree(settings.data_dir, folder / "data")
        for inner in (folder / "data").rglob("*"):
            inner.chmod(0o555 if inner.is_dir() else 0o444)
        if os.geteuid() == 0:
            os.seteuid(65534)
        with pytest.raises(IndexUnavailableError, match="mappa må kunne skrives i"):
            store.Index.open(folder / "data", assistant.encoder.identity)
    finally:
        os.seteuid(os.getuid())
        for inner in folder.rglob("*"):
            if inner.is_dir():
                inner.chmod(0o755)
        shutil.rmtree(folder)
