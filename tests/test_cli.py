import json
import subprocess
import sys
from pathlib import Path

import pytest

from raufoss_assistant.cli import main, parser

COMMANDS = ("index", "search", "ask", "serve", "doctor")


@pytest.fixture
def run(small_assistant, capsys):
    """Run a command over the small index; gives exit status, stdout, stderr."""

    def call(*arguments, data=None):
        settings = small_assistant.settings
        folders = ["--corpus", str(settings.corpus_dir), "--data", str(data or settings.data_dir)]
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, *folders] if arguments and arguments[0] in COMMANDS else list(arguments))
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return call


def test_ask_in_words(run):
    status, out, _ = run("ask", "Hvor stor er Læringsfabrikken?")
    assert status == 0
    assert out.startswith("Læringsfabrikken er 1 500 kvadratmeter stor")
    assert "[1] Læringsfabrikken, klynge, 6. februar 2024, klynge/laeringsfabrikken.md" in out


def test_ask_in_json(run):
    status, out, _ = run("ask", "Hvor mange bedrifter er med i NCE Manufacturing?", "--json")
    answer = json.loads(out)
    assert (status, answer["status"], answer["id"]) == (0, "answered", None)
    assert "60" in answer["answer"]


def test_ask_with_history(run, tmp_path):
    history = tmp_path / "samtale.json"
    history.write_text(json.dumps([{"role": "user", "content": "Hva er SkatteFUNN?"}]), "utf-8")
    _, out, _ = run("ask", "Og når er fristen?", "--history", str(history), "--json")
    assert json.loads(out)["search_query"] == "SkatteFUNN: når er fristen?"


def test_ask_a_batch_in_order(run, tmp_path):
    batch = tmp_path / "b.jsonl"
    lines = [{"id": "a", "question": "Hvor stor er Læringsfabrikken?"}, {"id": 2, "question": "Hvem vant i går?"}]
    batch.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", "utf-8")
    status, out, _ = run("ask", "--batch", str(batch))
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [(answer["id"], answer["status"]) for answer in answers] == [("a", "answered"), (2, "not_found")]


def test_search(run, tmp_path):
    _, out, _ = run("search", "robot", "--k", "2", "--json")
    assert len(json.loads(out)["hits"]) == 2
    batch = tmp_path / "b.jsonl"
    batch.write_text('{"id": 1, "query": "robot"}\n{"id": 2, "query": "støtte"}\n', "utf-8")
    _, out, _ = run("search", "--batch", str(batch), "--k", "1")
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 2]
    _, out, _ = run("search", "kvadratmeter", "--k", "1")
    assert out.startswith("1. Læringsfabrikken, klynge, 6. februar 2024")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "mangler KOMMANDO"),
        (["spør"], "spør"),
        (["ask"], "Skriv et spørsmål"),
        (["ask", ""], "Skriv et spørsmål"),
        (["ask", "?"], "Spørsmålet er tomt"),
        (["search", "robot", "--k", "0"], "fra 1 til 1000"),
        (["ask", "Hva?", "--batch", "x.jsonl"], "ikke begge deler"),
        (["ask", "--batch", "finnes-ikke.jsonl"], "Kan ikke lese finnes-ikke.jsonl"),
        (["ask", "Hva er det?", "--history", "finnes-ikke.json"], "Kan ikke lese"),
        (["serve", "--port", "99999"], "--port"),
        (["index", "--ukjent"], "kjenner ikke til --ukjent"),
    ],
)
def test_wrong_use_is_one_norwegian_line_and_status_2(run, arguments, said):
    status, out, error = run(*arguments)
    assert (status, out) == (2, "")
    assert said in error and error.startswith("raufoss") and error.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "linje 2: er ikke gyldig JSON"),
        ('{"id": 1}', "linje 2: mangler teksten «question»"),
        ("[]", "linje 2: mangler"),
        ('{"question": " "}', "linje 2: Spørsmålet er tomt"),
        ('{"question": "Hva?", "history": 3}', "Historikken"),
    ],
)
def test_a_bad_line_is_named_before_anything_is_asked(run, tmp_path, line, said):
    batch = tmp_path / "b.jsonl"
    batch.write_text(f'{{"question": "Hvor stor er Læringsfabrikken?"}}\n{line}\n', "utf-8")
    status, out, error = run("ask", "--batch", str(batch))
    assert (status, out) == (2, "")
    assert said in error


def test_a_batch_that_is_not_utf8(run, tmp_path):
    (tmp_path / "b.jsonl").write_bytes('{"question": "Hvor stor er Læringsfabrikken?"}'.encode("cp1252"))
    status, _, error = run("ask", "--batch", str(tmp_path / "b.jsonl"))
    assert status == 2 and "UTF-8" in error


def test_failure_is_status_1(run, tmp_path):
    status, _, error = run("ask", "Hva er en katapult?", data=tmp_path / "tom")
    assert status == 1
    assert error == "raufoss: Det finnes ingen indeks ennå. Kjør «raufoss index» først.\n"


def test_an_unexpected_error_is_one_line_unless_debug(run, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("deling på null")

    monkeypatch.setattr("raufoss_assistant.cli.Assistant.search", broken)
    status, _, error = run("search", "robot")
    assert (status, error) == (
        1,
        "raufoss: uventet feil (ZeroDivisionError: deling på null). Kjør igjen med --debug.\n",
    )
    with pytest.raises(ZeroDivisionError):
        main(["search", "robot", "--debug"])


def test_index_in_words_json_and_strict(settings, capsys):
    folders = ["--corpus", str(settings.corpus_dir), "--data", str(settings.data_dir)]

    def index(*more):
        with pytest.raises(SystemExit) as stopped:
            main(["index", *folders, *more])
        return stopped.value.code, capsys.readouterr()

    status, said = index()
    assert status == 0
    assert "Dokumenter: 4 nye, 0 endret, 0 slettet, 0 uendret, 0 feilet." in said.out
    (settings.corpus_dir / "klynge/tom.txt").write_bytes(b"")
    status, said = index("--json")
    report = json.loads(said.out)
    assert (status, report["documents"]) == (0, {"added": 0, "updated": 0, "deleted": 0, "unchanged": 4, "failed": 1})
    failed = next(file for file in report["files"] if file["status"] == "failed")
    assert failed["path"] == "klynge/tom.txt" and "tom" in failed["error"]
    status, said = index("--strict")
    assert status == 1
    assert "klynge/tom.txt" in said.out and "--strict" in said.err


def test_a_missing_corpus(capsys, tmp_path):
    with pytest.raises(SystemExit) as stopped:
        main(["index", "--corpus", str(tmp_path / "finnes-ikke"), "--data", str(tmp_path / "data")])
    said = capsys.readouterr()
    assert stopped.value.code == 1
    assert "finnes-ikke" in said.err and "Traceback" not in said.err


def test_doctor(run, tmp_path):
    status, out, _ = run("doctor")
    assert status == 0
    assert "Indeks: 4 dokumenter" in out
    assert "mangler ansvarlig (owner)" in out
    status, out, _ = run("doctor", data=tmp_path / "tom")
    assert status == 1 and "feil" in out


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)])
def test_help_is_norwegian(run, command, capsys):
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args([*command, "--help"])
    text = capsys.readouterr().out
    assert stopped.value.code == 0
    assert text.startswith("Bruk: raufoss")
    assert not {"usage", "options", "show", "exit", "positional"} & set(text.lower().replace(":", " ").split())


def test_the_installed_command_runs():
    command = Path(sys.executable).with_name("raufoss")
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
    assert "Kommandoer" in done.stdout
