import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.feedback.log import FILE, FeedbackLog
from raufoss_assistant.feedback.model import Exchange, Opinion, Source
from raufoss_assistant.model import Turn

EXCHANGE = Exchange(
    question="Hvor stor er Læringsfabrikken?",
    search_query="Læringsfabrikken Hvor stor er Læringsfabrikken?",
    history=(Turn("user", "Hva er Læringsfabrikken?"), Turn("assistant", "Et opplæringssenter. [1]")),
    status="answered",
    text="Den er 1 500 kvadratmeter stor. [1]",
    language="nb",
    confidence=0.9,
    sources=(Source("klynge/laeringsfabrikken.md", 2, "Læringsfabrikken er 1 500 kvadratmeter stor."),),
    index="20261125-041500-0a1b2c3d",
    model="e5-small",
)
DOWN = Opinion("down", ("wrong", "outdated"), "Det er feil", "1 800 kvadratmeter")


@pytest.fixture
def log(tmp_path):
    return FeedbackLog(tmp_path / "data")


def test_what_is_stored_comes_back(log):
    id_ = log.add(EXCHANGE, DOWN)
    entry = log.entry(id_)
    assert (entry.id, entry.exchange, entry.opinion) == (1, EXCHANGE, DOWN)
    assert (entry.state, entry.importance, entry.cause, entry.note) == ("ny", None, None, None)
    assert entry.time.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - entry.time) < timedelta(minutes=1)


def test_nothing_stored_is_no_error_and_makes_no_file(log):
    assert log.entries() == []
    log.delete(1)
    with pytest.raises(UsageError, match="ingen tilbakemelding med nummer 1"):
        log.entry(1)
    with pytest.raises(UsageError, match="ingen tilbakemelding med nummer 1"):
        log.mark(1, state="sett")
    assert not log.file.exists()


def test_all_that_the_visitor_wrote_is_masked(log):
    secret = "kari@example.no"
    exchange = replace(EXCHANGE, question=f"Er {secret} rett?", search_query=secret, history=(Turn("user", secret),))
    log.add(exchange, Opinion("down", (), f"Skriv til {secret}", f"Det er {secret}\u200b"))
    assert secret.encode() not in log.file.read_bytes()
    entry = log.entry(1)
    assert (entry.opinion.comment, entry.opinion.expected) == ("Skriv til [e-post]", "Det er [e-post]")
    assert (entry.exchange.question, entry.exchange.history[0].content) == ("Er [e-post] rett?", "[e-post]")


def test_long_texts_are_cut(log):
    log.add(EXCHANGE, Opinion("down", (), "å" * 5000, "ø" * 5000))
    assert {len(log.entry(1).opinion.comment), len(log.entry(1).opinion.expected)} == {2000}


def test_staff_marks_what_it_has_made_of_it(log):
    id_ = log.add(EXCHANGE, DOWN)
    log.mark(id_, importance="høy", cause="gammel brosjyre")
    entry = log.mark(id_, state="sett", note="meldt fra")
    assert (entry.state, entry.importance, entry.cause, entry.note) == ("sett", "høy", "gammel brosjyre", "meldt fra")


def test_a_deleted_one_is_gone_from_the_file_and_its_number_is_not_used_again(log):
    log.add(EXCHANGE, Opinion("down", (), "hemmeligheten"))
    assert b"hemmeligheten" in log.file.read_bytes()
    log.delete(1)
    assert b"hemmeligheten" not in log.file.read_bytes()
    assert log.entries() == []
    assert log.add(EXCHANGE, DOWN) == 2


def test_only_the_owner_can_read_the_file(log):
    log.add(EXCHANGE, DOWN)
    assert log.file.stat().st_mode & 0o077 == 0


def test_an_indexing_leaves_it_alone(settings):
    log = FeedbackLog(settings.data_dir)
    assistant = Assistant(settings)
    assistant.build()
    log.add(EXCHANGE, DOWN)
    (settings.corpus_dir / "klynge" / "laeringsfabrikken.md").unlink()
    assistant.build()
    assert [entry.opinion for entry in log.entries()] == [DOWN]
    assistant.close()


def test_threads_and_processes_write_at_once(log):
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from test_log import DOWN, EXCHANGE, FeedbackLog; log = FeedbackLog(Path(sys.argv[1]));"
        "[log.add(EXCHANGE, DOWN) for _ in range(10)]"
    )
    command = [sys.executable, "-c", code, str(log.file.parent), str(Path(__file__).parent)]
    other = subprocess.Popen(command)
    with ThreadPoolExecutor(4) as threads:
        ids = list(threads.map(lambda _: log.add(EXCHANGE, DOWN), range(40)))
    assert other.wait(60) == 0
    assert len(set(ids)) == 40
    assert [entry.id for entry in log.entries()] == list(range(1, 51))


def everything(log):
    """All that can be done with a log."""
    return (
        log.entries,
        lambda: log.entry(1),
        lambda: log.mark(1, state="sett"),
        lambda: log.delete(1),
        lambda: log.add(EXCHANGE, DOWN),
    )


def test_a_damaged_file_is_told_and_left_as_it_is(log):
    log.add(EXCHANGE, DOWN)
    whole = log.file.read_bytes()
    for damaged in (b"ikke en database" * 100, whole[:5000], whole[:4096] + b"\xff" * (len(whole) - 4096)):
        log.file.write_bytes(damaged)
        for action in everything(log):
            with pytest.raises(RaufossError, match=f"{FILE}, er skadet .* Den er ikke rørt"):
                action()
        assert log.file.read_bytes() == damaged


def test_a_database_of_something_else_is_told_and_left_as_it_is(log):
    log.file.parent.mkdir()
    with sqlite3.connect(log.file) as other:
        other.execute("CREATE TABLE annet (x)")
    other.close()
    before = log.file.read_bytes()
    for action in everything(log):
        with pytest.raises(RaufossError, match="noe annet enn den skal være"):
            action()
    assert log.file.read_bytes() == before


def test_a_file_of_a_later_version_is_told_and_left_as_it_is(log):
    log.add(EXCHANGE, DOWN)
    with sqlite3.connect(log.file) as later:
        later.execute("PRAGMA user_version = 2")
    later.close()
    before = log.file.read_bytes()
    for action in everything(log):
        with pytest.raises(RaufossError, match="nyere utgave av programmet"):
            action()
    assert log.file.read_bytes() == before


def test_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "fil").write_text("opptatt")
    with pytest.raises(RaufossError, match="Kan ikke skrive"):
        FeedbackLog(tmp_path / "fil").add(EXCHANGE, DOWN)
    (tmp_path / "data" / FILE).mkdir(parents=True)
    with pytest.raises(RaufossError, match="Kommer ikke til tilbakemeldingene"):
        FeedbackLog(tmp_path / "data").entries()


def test_a_file_that_another_process_keeps_is_told(log, monkeypatch):
    monkeypatch.setattr("raufoss_assistant.feedback.log._PATIENCE", 0.1)
    log.add(EXCHANGE, DOWN)
    other = sqlite3.connect(log.file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(RaufossError, match="en annen prosess skriver der"):
        log.add(EXCHANGE, DOWN)
    other.close()
    assert log.add(EXCHANGE, DOWN) == 2
