import json

import pytest

from raufoss_assistant.arguments import NorwegianParser
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.evaluation import sets, triage_command
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.feedback.model import Exchange, Opinion
from test_log import DOWN, EXCHANGE


@pytest.fixture
def log(settings):
    return FeedbackLog(settings.data_dir)


@pytest.fixture
def run(settings, capsys):
    """Run the command; gives what it prints."""

    def call(*arguments):
        parser = NorwegianParser(prog="raufoss feedback")
        triage_command.arguments(parser)
        assert triage_command.run(parser.parse_args(list(map(str, arguments))), settings) == 0
        return capsys.readouterr().out

    return call


@pytest.fixture
def three(log):
    """A thumb down, a thumb up, and a thumb down that is done with."""
    log.add(EXCHANGE, DOWN)
    log.add(EXCHANGE, Opinion("up"))
    log.add(EXCHANGE, Opinion("down", ("language",)))
    log.mark(3, state="avvist")


def ids(listed):
    return [each["id"] for each in json.loads(listed)]


def test_nothing_to_list_is_said(run):
    assert run() == "Ingen nye tilbakemeldinger.\n"
    assert run("--all") == "Ingen tilbakemeldinger å vise.\n"
    assert run("--json") == "[]\n"


def test_the_list_holds_what_is_to_be_done(run, three):
    assert ids(run("--json")) == [1]
    assert ids(run("--all", "--json")) == [1, 3, 2]
    assert ids(run("--state", "avvist", "--json")) == [3]
    table = run()
    assert table.splitlines()[0].startswith("Nr.  Dato")
    assert "tommel ned" in table and "utdatert kilde" in table and EXCHANGE.question in table


def test_the_index_is_asked_about_the_sources(run, log, settings):
    """Without a model: the cited document is not in this index."""
    log.add(EXCHANGE, Opinion("down", ("incomplete",)))
    assert json.loads(run("--json"))[0]["suggested"]["cause"] == "ufullstendig svar"
    (settings.corpus_dir / "klynge" / "laeringsfabrikken.md").unlink()
    assistant = Assistant(settings)
    assistant.build()
    assistant.close()
    assert json.loads(run("--json"))[0]["suggested"]["cause"] == "kilden er fjernet siden"
    manifest = next((settings.data_dir / "index").glob("*/manifest.sqlite"))
    manifest.write_bytes(b"skadet")
    assert json.loads(run("--json"))[0]["suggested"]["cause"] == "ufullstendig svar"


def test_one_is_shown(run, three):
    assert "Riktig svar, sier brukeren: 1 800 kvadratmeter" in run("--show", 1)
    assert json.loads(run("--show", 1, "--json"))["id"] == 1


def test_one_is_marked(run, log, three):
    said = run("--mark", 1, "--importance", "lav", "--cause", "skrivefeil", "--note", "se her", "--state", "sett")
    assert said == "Tilbakemelding 1 er merket: tilstand «sett på», viktighet lav.\n"
    entry = log.entry(1)
    assert (entry.state, entry.importance, entry.cause, entry.note) == ("sett", "lav", "skrivefeil", "se her")
    assert run("--mark", 2, "--note", "fint") == "Tilbakemelding 2 er merket: tilstand «ny», viktighet ikke satt.\n"


def test_one_becomes_a_row_in_one_command(run, log, three, tmp_path):
    file = tmp_path / "tilbakemeldinger.yaml"
    said = run("--to-set", 1, file)
    assert said.startswith(f"Tilbakemelding 1 er lagt til i {file} som T1.")
    (question,) = sets.read_set(file).questions
    assert (question.id, question.answer, question.tags) == ("T1", "1 800 kvadratmeter", ("tilbakemelding",))
    assert log.entry(1).state == "test"
    run("--to-set", 2, file)
    run("--to-set", 3, file, "--answer", "1 500")
    assert [each.answer for each in sets.read_set(file).questions] == ["1 800 kvadratmeter", None, "1 500"]
    with pytest.raises(UsageError, match="T1"):
        run("--to-set", 1, file)


def test_a_row_that_cannot_be_made_leaves_all_as_it_was(run, log, tmp_path):
    log.add(EXCHANGE, Opinion("down", ("wrong",)))
    file = tmp_path / "sett.yaml"
    with pytest.raises(UsageError, match="--answer"):
        run("--to-set", 1, file)
    assert not file.exists()
    assert log.entry(1).state == "ny"


@pytest.mark.parametrize("name", ["ut.csv", "ut.jsonl"])
def test_the_list_is_exported(run, three, tmp_path, name):
    file = tmp_path / name
    assert run("--export", file) == f"1 tilbakemelding er skrevet til {file}.\n"
    assert EXCHANGE.question in file.read_text("utf-8")
    before = file.read_bytes()
    with pytest.raises(UsageError, match="finnes fra før"):
        run("--export", file, "--all")
    assert file.read_bytes() == before


def test_an_export_that_cannot_be_written_is_told(run, three, tmp_path):
    with pytest.raises(UsageError, match=r"\.csv eller \.jsonl"):
        run("--export", tmp_path / "ut.xlsx")
    with pytest.raises(UsageError, match="Kan ikke skrive"):
        run("--export", tmp_path / "mangler" / "ut.csv")


def test_one_is_deleted(run, log, three):
    assert run("--delete", 1) == "Tilbakemelding 1 er slettet.\n"
    assert [entry.id for entry in log.entries()] == [2, 3]
    with pytest.raises(UsageError, match="ingen tilbakemelding med nummer 1"):
        run("--delete", 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--mark", "1"), "Si hva den skal merkes med"),
        (("--cause", "x"), "hører til --mark"),
        (("--answer", "x"), "--answer hører til --to-set"),
        (("--to-set", "sett.yaml", "1"), "Skriv nummeret først, så fila"),
        (("--to-set", "1", "sett.txt"), "sett.txt"),
        (("--show", "99"), "ingen tilbakemelding med nummer 99"),
        (("--mark", "99", "--note", "x"), "ingen tilbakemelding med nummer 99"),
    ],
)
def test_wrong_use_is_explained(run, three, arguments, said):
    with pytest.raises(UsageError, match=said):
        run(*arguments)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--show", "x"), "må være et helt tall"),
        (("--show", "1", "--delete", "1"), "kan ikke brukes sammen med"),
        (("--state", "ferdig"), "finnes ikke; velg blant"),
        (("--mark", "1", "--importance", "stor"), "finnes ikke; velg blant"),
    ],
)
def test_wrong_options_are_explained(run, capsys, arguments, said):
    with pytest.raises(SystemExit, match="2"):
        run(*arguments)
    assert said in capsys.readouterr().err


def test_a_damaged_file_stops_it(run, log):
    log.file.parent.mkdir()
    log.file.write_bytes(b"ikke en database" * 100)
    with pytest.raises(RaufossError, match="er skadet"):
        run()


def test_from_a_real_answer_to_a_row(run, log, settings, tmp_path):
    """What the assistant answered is stored, listed, and asked again as a test."""
    assistant = Assistant(settings)
    assistant.build()
    answer = assistant.ask("Hvor mange prosent gir SkatteFUNN?")
    exchange = Exchange.of(answer, (), assistant.index().folder.name, str(assistant.encoder.identity))
    assistant.close()
    log.add(exchange, Opinion("down", ("incomplete",), "", "19 prosent av godkjente kostnader"))
    assert json.loads(run("--json"))[0]["citations"][0]["document"] == "finansiering/skattefunn.md"
    run("--to-set", 1, tmp_path / "sett.csv")
    (question,) = sets.read_set(tmp_path / "sett.csv").questions
    assert question.documents == ("finansiering/skattefunn.md",)
    assert question.must_contain == ("19",)
