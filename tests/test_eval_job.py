import logging
import time
from pathlib import Path

import pytest

from evaluation_rows import question
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation import runs
from raufoss_assistant.evaluation.choosing import SETS, Choice
from raufoss_assistant.evaluation.sets import write_rows
from raufoss_assistant.web.staff.eval_job import EvalJob

ROOM = "klynge/laeringsfabrikken.md"
RIGHT = question("Q1", documents=(ROOM,), must_contain=("1 500",))
WRONG = question("Q2", documents=(ROOM,), must_contain=("2 100",))


def ended(job):
    until = time.monotonic() + 60
    while job.standing().state == "running":
        assert time.monotonic() < until
        time.sleep(0.02)
    return job.standing()


def many(count):
    """Questions that take a while, since no two are the same."""
    return [
        question(f"M{n}", question="Hvor stor er Læringsfabrikken" + "?" * (n + 2), documents=(ROOM,))
        for n in range(count)
    ]


@pytest.fixture
def job(small_assistant):
    return EvalJob(small_assistant, Path("reports"))


def test_a_run_is_kept_where_the_command_keeps_them(job, small_assistant):
    write_rows(SETS / "fakta.yaml", [RIGHT, WRONG])
    assert job.standing().state == "idle"
    job.start(Choice(limit=5))
    now = ended(job)
    assert (now.state, now.file) == ("done", runs.kept(Path("reports"))[0])
    done = runs.load(now.file)
    assert [row.ok for row in done.rows] == [True, False]
    assert done.fingerprint.settings == {"høyst": "5"}
    assert small_assistant.ask(RIGHT.question).status == "answered"


def test_one_at_a_time_told_as_it_goes_and_stopped(job):
    write_rows(SETS / "mange.yaml", many(60))
    job.start(Choice())
    with pytest.raises(UsageError, match="Det går en kjøring allerede"):
        job.start(Choice())
    while "Stiller spørsmål: " not in job.standing().told:
        assert job.standing().state == "running"
        time.sleep(0.01)
    assert "av 60" in job.standing().told
    job.stop()
    now = ended(job)
    assert (now.state, now.told) == ("stopped", "Kjøringen er stoppet. Ingenting er lagret.")
    assert runs.kept(Path("reports")) == []
    job.start(Choice(limit=1))
    assert ended(job).state == "done"


def test_the_chat_is_answered_meanwhile(job, small_assistant):
    write_rows(SETS / "mange.yaml", many(60))
    job.start(Choice())
    assert small_assistant.ask("Hvor mange prosent gir SkatteFUNN?").status == "answered"
    assert job.standing().state == "running"
    job.stop()
    ended(job)


def test_faults_of_the_sets_are_told_a_line_each(job):
    SETS.mkdir(parents=True)
    (SETS / "feil.yaml").write_text("- id: A\n  question: Hva?\n  kind: tull\n- id: B\n  kind: fakta\n", "utf-8")
    job.start(Choice())
    now = ended(job)
    assert now.state == "failed"
    lines = now.told.split("\n")
    assert len(lines) >= 2
    assert all(line.startswith("feil.yaml") for line in lines)


def test_without_an_index_the_remedy_is_told(settings):
    write_rows(SETS / "fakta.yaml", [RIGHT])
    job = EvalJob(Assistant(settings), Path("reports"))
    job.start(Choice())
    now = ended(job)
    assert now.state == "failed"
    assert "raufoss index" in now.told


def test_runs_that_cannot_be_kept_are_told(job):
    write_rows(SETS / "fakta.yaml", [RIGHT])
    Path("reports").write_text("ingen mappe")
    job.start(Choice())
    now = ended(job)
    assert now.state == "failed"
    assert "Kan ikke lagre kjøringen" in now.told


class Broken(Assistant):
    @property
    def encoder(self):
        raise ZeroDivisionError("hemmelig sti")


def test_an_unforeseen_fault_is_logged_and_not_told(small_assistant, caplog):
    write_rows(SETS / "fakta.yaml", [RIGHT])
    job = EvalJob(Broken(small_assistant.settings), Path("reports"))
    with caplog.at_level(logging.ERROR):
        job.start(Choice())
        now = ended(job)
    assert (now.state, now.told) == ("failed", "Noe gikk galt. Prøv igjen.")
    assert "hemmelig sti" in caplog.text
