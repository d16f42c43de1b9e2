from dataclasses import replace

import pytest

from conftest import write_corpus
from evaluation_rows import question
from raufoss_assistant.errors import EvaluationError, IndexUnavailableError, UsageError
from raufoss_assistant.evaluation.external import SEARCH_ONLY
from raufoss_assistant.evaluation.model import QuestionSet
from raufoss_assistant.evaluation.runner import run
from raufoss_assistant.model import Turn
from raufoss_assistant.stages import Generation

ROOM = "klynge/laeringsfabrikken.md"
SIZE = question("Q1", documents=(ROOM,), must_contain=("1500",))
SECRET = question("Q2", "uten svar", question="Hva er telefonnummeret til rektor?", status="not_found")
FOLLOWED = question(
    "Q3", "oppfølging", question="Og hvor ligger den?", history=(Turn("user", "Hva er Læringsfabrikken?"),)
)
SOUGHT = question("Q4", question="kvadratmeter", documents=(ROOM,), tags=(SEARCH_ONLY,))
SET = QuestionSet("prøve", (SIZE, SECRET, FOLLOWED, SOUGHT))
PRINTER = {"katapult/printer.md": "# Metallprinter\n\nMetallprinteren bygger deler på inntil 400 millimeter.\n"}
ASKED_PRINTER = question(
    "P1", question="Hvor store deler bygger metallprinteren?", documents=("katapult/printer.md",), must_contain=("400",)
)


class Watcher:
    def __init__(self):
        self.stages, self.steps = [], 0

    def stage(self, name, total):
        self.stages.append((name, total))
        self.steps = 0

    def advance(self, steps=1):
        self.steps += steps


@pytest.fixture
def printer(tmp_path):
    return write_corpus(tmp_path / "ekstra", PRINTER)


@pytest.fixture
def near(small_assistant, tmp_path):
    """The small assistant's settings with a data folder that a test may write in."""
    return replace(small_assistant.settings, data_dir=tmp_path / "data")


def test_a_run_over_the_corpus(small_assistant):
    done = run([SET], small_assistant.settings, small_assistant, chosen={"del": "tune"})
    assert [row.question.id for row in done.rows] == ["Q1", "Q2", "Q3", "Q4"]
    assert [row.ok for row in done.rows[:2]] == [True, True]
    assert done.rows[2].search_query == "hvor ligger Læringsfabrikken?"
    assert done.summary["hit@1"].n == 2
    assert done.by_kind.keys() == {"fakta", "uten svar", "oppfølging"}
    assert done.fingerprint.settings == {"del": "tune"}
    assert {row.set for row in done.rows} == {"prøve"}


def test_twice_gives_the_same_to_the_last_digit(small_assistant):
    first, second = (run([SET], small_assistant.settings, small_assistant) for _ in range(2))
    assert (first.summary, first.by_kind) == (second.summary, second.by_kind)
    assert [replace(row, timings_ms={}) for row in first.rows] == [replace(row, timings_ms={}) for row in second.rows]
    assert replace(first.fingerprint, date="") == replace(second.fingerprint, date="")


class Writing:
    """The small assistant with what a language model's replies came to."""

    def __init__(self, assistant, *generations):
        self.assistant, self.generations = assistant, list(generations)

    def ask(self, *asked):
        return replace(self.assistant.ask(*asked), generation=self.generations.pop(0))

    def __getattr__(self, name):
        return getattr(self.assistant, name)


def test_what_a_language_model_wrote_is_summed_up(small_assistant):
    used = Generation(900, 40, 120.0, shown=2, replaced=1, dropped=0)
    unused = Generation(800, 10, None, dropped=3, fault="Modellen svarte ikke.")
    writing = Writing(small_assistant, used, unused)
    told = run([QuestionSet("prøve", (SIZE, SECRET))], small_assistant.settings, writing).performance
    assert {name.removeprefix("model_"): told[name] for name in told if name.startswith("model_")} == {
        "replies": 2,
        "replies_unused": 1,
        "tokens_in": 1700,
        "tokens_out": 50,
        "shown": 2,
        "replaced": 1,
        "dropped": 3,
    }
    assert told["first_token_p50_ms"] == told["first_token_p95_ms"] == 120


def test_performance(small_assistant):
    performance = run([SET], small_assistant.settings, small_assistant).performance
    stages = {f"{stage}_p{share}_ms" for stage in ("retrieval", "answering", "total") for share in (50, 95)}
    assert performance.keys() == stages | {"seconds", "peak_rss_mb"}
    assert 0 < performance["total_p50_ms"] <= performance["total_p95_ms"]
    assert performance["peak_rss_mb"] > 50


def test_progress_is_told(small_assistant):
    watcher = Watcher()
    run([SET], small_assistant.settings, small_assistant, watcher)
    assert watcher.stages == [("Stiller spørsmål", 4)]
    assert watcher.steps == 4


def test_a_question_for_search_only_is_not_asked(small_assistant):
    row = run([QuestionSet("søk", (SOUGHT,))], small_assistant.settings, small_assistant).rows[0]
    assert (row.ok, row.text) == (True, "")
    assert row.timings_ms.keys() == {"retrieval"}


def test_without_a_subject_the_index_of_the_settings_is_asked(small_assistant):
    assert run([QuestionSet("en", (SIZE,))], small_assistant.settings).rows[0].ok


def test_documents_of_a_set_beside_the_corpus(near, printer, small_assistant):
    corpus = sorted((path, path.read_bytes()) for path in near.corpus_dir.rglob("*.md"))
    generation = small_assistant.index().folder
    extra = QuestionSet("ekstra", (ASKED_PRINTER, SIZE), extra=printer)
    done = run([SET, replace(extra, questions=(ASKED_PRINTER, replace(SIZE, id="P2")))], near, small_assistant)
    assert [row.ok for row in done.rows if row.set == "ekstra"] == [True, True]
    assert sorted((path, path.read_bytes()) for path in near.corpus_dir.rglob("*.md")) == corpus
    assert small_assistant.index().folder == generation
    assert "katapult/printer.md" not in small_assistant.index().properties
    assert [path.name for path in near.data_dir.iterdir()] == ["eval"]


def test_documents_of_a_set_alone(near, printer):
    alone = QuestionSet("alene", (ASKED_PRINTER, replace(SIZE, id="P2")), extra=printer, alone=True)
    printed, sized = run([alone], near).rows
    assert printed.ok
    assert sized.stage == "not_indexed"
    assert sized.suspicions == (f"dokumentet «{ROOM}» finnes ikke i indeksen",)


def test_the_index_of_a_set_is_kept_and_shared(near, printer):
    sets = [
        QuestionSet("a", (ASKED_PRINTER,), extra=printer),
        QuestionSet("b", (replace(SIZE, id="P2"),), extra=printer),
    ]
    first, second = Watcher(), Watcher()
    run(sets, near, progress=first)
    run(sets, near, progress=second)
    assert [stage for stage in first.stages if stage[0] == "Regner ut vektorer"]
    assert second.stages == [("Leser dokumenter", 5), ("Stiller spørsmål", 2)]
    (printer / "katapult/printer.md").unlink()
    assert run(sets, near).rows[0].stage == "not_indexed"


def test_a_missing_folder_of_documents(near, tmp_path):
    with pytest.raises(UsageError, match=r"Settet ekstra skal ha dokumenter i mappen .*borte"):
        run([QuestionSet("ekstra", (ASKED_PRINTER,), extra=tmp_path / "borte")], near)


def test_no_questions_and_no_index_are_errors(near, small_assistant):
    with pytest.raises(EvaluationError, match="ingen spørsmål å stille"):
        run([QuestionSet("tomt", ())], near, small_assistant)
    with pytest.raises(IndexUnavailableError):
        run([SET], near)


def test_a_question_that_cannot_be_asked_is_named(small_assistant):
    with pytest.raises(UsageError, match=r"Spørsmål Q9 i settet prøve: Spørsmålet er tomt"):
        run([QuestionSet("prøve", (question("Q9", question="?"),))], small_assistant.settings, small_assistant)


class Strict:
    """Scores as a language model would."""

    def scores(self, row):
        return {"faithful": 0.25}


def test_a_judge_is_counted_apart(small_assistant):
    done = run([QuestionSet("en", (SIZE,))], small_assistant.settings, small_assistant, judge=Strict())
    assert done.rows[0].judged == {"faithful": 0.25}
    assert done.summary["judge_faithful"].value == 0.25
    assert "faithful" not in done.rows[0].scores


def test_encoder_and_reader_of_another_assistant_are_used(small_assistant, tmp_path):
    settings = replace(small_assistant.settings, model_dir=tmp_path / "modeller")
    done = run([QuestionSet("en", (SIZE,))], settings, like=small_assistant)
    assert done.rows[0].ok
    assert not settings.model_dir.exists()
