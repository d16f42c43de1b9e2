"""`raufoss suggest`."""

import json

import pytest
import yaml

from conftest import write_corpus
from raufoss_assistant.arguments import NorwegianParser
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import IndexUnavailableError, QuestionSetError, UsageError
from raufoss_assistant.evaluation import suggest_command
from raufoss_assistant.evaluation.sets import read_set
from raufoss_assistant.settings import Settings

DOCUMENT = "klynge/nce-manufacturing.md"


@pytest.fixture
def run(small_assistant, capsys):
    """Run the command; gives what it prints to stdout and stderr."""

    def call(*arguments):
        parser = NorwegianParser(prog="raufoss suggest")
        suggest_command.arguments(parser)
        assert suggest_command.run(parser.parse_args(list(map(str, arguments))), small_assistant.settings) == 0
        return capsys.readouterr()

    return call


def test_suggestions_are_printed_as_a_question_set(run, tmp_path):
    printed = run(DOCUMENT).out
    (tmp_path / "forslag.yaml").write_text(printed, "utf-8")
    first = read_set(tmp_path / "forslag.yaml").questions[0]
    assert (first.id, first.question, first.must_contain) == (
        "klynge-nce-manufacturing-1",
        "Hva er NCE Manufacturing?",
        ("klynge",),
    )
    assert yaml.safe_load(printed)[0]["documents"] == [DOCUMENT]


def test_suggestions_as_json(run):
    printed = json.loads(run(DOCUMENT, "--json").out)
    assert printed["document"] == DOCUMENT
    assert printed["questions"][0]["question"] == "Hva er NCE Manufacturing?"


@pytest.mark.parametrize("ending", ["yaml", "xlsx", "csv"])
def test_suggestions_are_added_to_a_set_once(run, tmp_path, ending):
    path = tmp_path / f"mine.{ending}"
    assert "er lagt til i" in run(DOCUMENT, "--to", path).out
    before = path.read_bytes()
    count = len(read_set(path).questions)
    with pytest.raises(QuestionSetError, match="fra før"):
        run(DOCUMENT, "--to", path)
    assert path.read_bytes() == before
    printed = run("katapult/robotcelle.md", "--to", path, "--json")
    assert "er lagt til i" in printed.err
    assert len(read_set(path).questions) == count + len(json.loads(printed.out)["questions"])


def test_a_document_may_be_named_by_its_place_on_the_disk(run, small_assistant):
    path = small_assistant.settings.corpus_dir / DOCUMENT
    assert run(path).out == run(DOCUMENT).out


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("klynge/nce-manufakturing.md", f"Mente du «{DOCUMENT}»?"),
        ("nce-manufacturing.md", f"Mente du «{DOCUMENT}»?"),
        ("zzzz", "raufoss index"),
    ],
)
def test_an_unknown_document_is_told_with_the_nearest_ones(run, name, remedy):
    with pytest.raises(UsageError, match="er ikke i indeksen") as caught:
        run(name)
    assert remedy in str(caught.value)


def test_without_an_index_it_is_told(settings):
    parser = NorwegianParser(prog="raufoss suggest")
    suggest_command.arguments(parser)
    with pytest.raises(IndexUnavailableError, match="raufoss index"):
        suggest_command.run(parser.parse_args(["a.md"]), settings)


def test_nothing_to_ask_about_is_said(tmp_path, capsys):
    corpus = write_corpus(tmp_path / "corpus", {"kurs/tom.md": "# Notat\n\nDette er bare en løs tanke.\n"})
    settings = Settings(corpus_dir=corpus, data_dir=tmp_path / "data")
    assistant = Assistant(settings)
    assistant.build()
    assistant.close()
    parser = NorwegianParser(prog="raufoss suggest")
    suggest_command.arguments(parser)
    assert suggest_command.run(parser.parse_args(["kurs/tom.md", "--to", str(tmp_path / "a.yaml")]), settings) == 0
    printed = capsys.readouterr()
    assert "Skriv spørsmålene selv" in printed.err
    assert not printed.out
    assert not (tmp_path / "a.yaml").exists()
