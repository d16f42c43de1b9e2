import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from llm_server import said, serving
from raufoss_assistant.arguments import NorwegianParser
from raufoss_assistant.errors import EvaluationError, QuestionSetError, UsageError
from raufoss_assistant.evaluation import command, runs

ROWS = [
    {
        "id": f"F{n}",
        "question": text,
        "kind": "fakta",
        "documents": [path],
        "must_contain": [wanted],
        "tags": [path.split("/")[0]],
        "split": "test" if n % 2 else "tune",
    }
    for n, (text, path, wanted) in enumerate(
        (
            ("Hvor stor er Læringsfabrikken?", "klynge/laeringsfabrikken.md", "1500"),
            ("Hvor mange bedrifter er med i NCE Manufacturing?", "klynge/nce-manufacturing.md", "60"),
            ("Hvor mange prosent gir SkatteFUNN?", "finansiering/skattefunn.md", "19 prosent"),
            ("Hvor lenge varer testen av den samarbeidende roboten?", "katapult/robotcelle.md", "2-4 uker"),
        )
    )
]
REFUSED = [{"id": "U1", "question": "Hvem vant fotballkampen i går?", "kind": "uten svar", "status": "not_found"}]


def write(file, rows):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(rows, allow_unicode=True), "utf-8")
    return file


@pytest.fixture
def sets():
    """Sets where the command looks for them when none is named."""
    write(command.SETS / "fakta.yaml", ROWS)
    write(command.SETS / "uten-svar.yaml", REFUSED)
    return command.SETS


@pytest.fixture
def evaluate(small_assistant, capsys, sets):
    def call(*given, **settings):
        parser = NorwegianParser(prog="raufoss eval")
        command.arguments(parser)
        status = command.run(parser.parse_args(given), replace(small_assistant.settings, **settings))
        seen = capsys.readouterr()
        return status, seen.out, seen.err

    return call


def test_all_sets_table_report_and_saved_run(evaluate):
    status, out, err = evaluate()
    assert (status, err) == (0, "")
    assert "Riktige svar" in out
    assert "uten svar        1   1" in out
    assert "Rapporten ligger i reports/rapport.html." in out
    assert "<html" in Path("reports/rapport.html").read_text("utf-8")
    (saved,) = Path("reports").glob("*.json")
    assert [each.question.id for each in runs.load(saved).rows] == ["F0", "F1", "F2", "F3", "U1"]


def test_json_is_the_contract(evaluate):
    status, out, _ = evaluate("--json")
    shown = json.loads(out)
    assert status == 0
    assert shown["summary"]["right"].keys() == {"value", "low", "high", "n"}
    assert all({"id", "kind", "ok"} <= line.keys() for line in shown["rows"])


@pytest.mark.parametrize(
    ("given", "ids", "chosen"),
    [
        (("--tag", "klynge"), ["F0", "F1"], {"merkelapp": "klynge"}),
        (("--tag", "klynge", "--tag", "katapult"), ["F0", "F1", "F3"], {"merkelapp": "katapult, klynge"}),
        (("--kind", "uten svar"), ["U1"], {"type": "uten svar"}),
        (("--split", "test"), ["F1", "F3"], {"del": "test"}),
        (("--split", "tune", "--tag", "finansiering"), ["F2"], {"merkelapp": "finansiering", "del": "tune"}),
        (("--split", "prøve"), ["F1", "F3"], {"del": "test"}),
        (("--limit", "2"), ["F0", "F2", "U1"], {"høyst": "2"}),
        (("evals/sett/uten-svar.yaml",), ["U1"], {"sett": "uten-svar"}),
        (("evals/sett",), ["F0", "F1", "F2", "F3", "U1"], {"sett": "sett"}),
    ],
)
def test_questions_are_chosen(evaluate, given, ids, chosen):
    shown = json.loads(evaluate(*given, "--json")[1])
    assert [line["id"] for line in shown["rows"]] == ids
    assert shown["fingerprint"]["settings"] == chosen


def test_filters_that_leave_nothing_name_what_there_is(evaluate):
    with pytest.raises(UsageError) as caught:
        evaluate("--tag", "deltid", "--kind", "liste")
    assert str(caught.value) == (
        "Ingen spørsmål har merkelapp «deltid», type «liste». Typer i settene: fakta, uten svar. "
        "Merkelapper: finansiering, katapult, klynge."
    )


def test_a_part_that_does_not_exist_is_told_in_the_words_of_the_spreadsheet(evaluate, capsys):
    with pytest.raises(SystemExit):
        evaluate("--split", "halvparten")
    assert "«halvparten» finnes ikke; velg innstilling (tune) eller prøve (test)" in capsys.readouterr().err


def test_wrong_sets_are_told(evaluate, sets):
    with pytest.raises(UsageError):
        evaluate("borte.yaml")
    write(sets / "igjen.yaml", REFUSED)
    with pytest.raises(QuestionSetError, match="Id «U1» står i flere sett"):
        evaluate()


def test_the_gate_is_silent_on_an_equal_run(evaluate):
    evaluate("--save", "grunnlag.json")
    status, out, err = evaluate("--baseline", "grunnlag.json")
    assert (status, err) == (0, "")
    assert "0 vunnet, 0 tapt, 5 som før." in out


def test_the_gate_fires_names_metric_and_ids_and_exits_1(evaluate, sets):
    write(sets / "fakta.yaml", [{**ROWS[0], "id": f"M{n}", "question": "Hvem vant i går?"} for n in range(8)])
    evaluate("--save", "grunnlag.json")
    now = runs.load(Path("grunnlag.json"))
    better = [replace(each, ok=True, scores={**each.scores, "right": 1.0}) for each in now.rows]
    runs.save(replace(now, rows=tuple(better)), Path("grunnlag.json"))
    status, out, err = evaluate("--baseline", "grunnlag.json")
    assert status == 1
    assert "0 vunnet, 8 tapt, 1 som før." in out
    assert err == (
        "raufoss: Dårligere enn grunnlaget: Riktige svar (right) fra 1,000 til 0,111. "
        "Tapte spørsmål: M0, M1, M2, M3, M4, M5, M6, M7.\n"
    )


def test_a_baseline_that_is_none_is_told_before_anything_is_asked(evaluate, sets):
    with pytest.raises(
        EvaluationError, match=r"^borte\.json finnes ikke\. Lag den med «raufoss eval --save borte\.json»\.$"
    ):
        evaluate("--baseline", "borte.json")
    with pytest.raises(EvaluationError, match="er ikke en lagret kjøring"):
        evaluate("--baseline", str(sets / "fakta.yaml"))
    assert not Path("reports").exists()


def test_the_trend_is_over_runs_that_asked_for_the_same(evaluate):
    evaluate("--kind", "fakta")
    evaluate()
    folder = Path("reports")
    (folder / "2020-01-01-000000.json").write_text("{}")
    (folder / "annet.json").write_text("{}")
    earlier = command._earlier(folder, runs.load(sorted(folder.glob("2*.json"))[-1]))
    assert {each.fingerprint.settings.get("type") for each in earlier} == {None}
    assert "2020-01-01-000000.json er ikke en lagret kjøring" in evaluate()[2]


def test_an_external_set_is_a_folder_with_a_corpus(evaluate, tmp_path):
    folder = tmp_path / "lover"
    folder.mkdir()
    sections = [
        {"id": f"lov-{n}", "title": f"§ {n}", "text": text} for n, text in enumerate(("Om hund.", "Om katt."), 1)
    ]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(each) + "\n" for each in sections))
    (folder / "queries.jsonl").write_text(json.dumps({"id": "q1", "text": "hund"}) + "\n")
    (folder / "qrels.tsv").write_text("query\tcorpus\tscore\nq1\tlov-1\t1\n")
    shown = json.loads(evaluate(str(folder), "--json", data_dir=tmp_path / "data")[1])
    assert [(line["id"], line["ok"], line["set"]) for line in shown["rows"]] == [("lovdata-nn-q1", True, "lovdata-nn")]
    assert shown["summary"]["document_hit@1"]["value"] == 1.0


def test_the_template(evaluate):
    status, out, _ = evaluate("--template", "mine.xlsx")
    assert status == 0
    assert Path("mine.xlsx").exists()
    assert "raufoss eval mine.xlsx" in out
    with pytest.raises(UsageError, match=r"velg et navn som slutter på \.xlsx"):
        evaluate("--template", "mine.yaml")


def test_settings_side_by_side(evaluate):
    status, out, _ = evaluate("--tag", "klynge", "--matrix", "retrieval=hybrid,words")
    assert status == 0
    assert out.splitlines()[0].split() == ["Mål", "retrieval=hybrid", "retrieval=words"]
    shown = json.loads(evaluate("--tag", "klynge", "--json", "--matrix", "retrieval=vectors")[1])
    assert shown["retrieval=vectors"]["fingerprint"]["settings"] == {"merkelapp": "klynge", "retrieval": "vectors"}
    with pytest.raises(UsageError, match="kan ikke brukes sammen med --baseline"):
        evaluate("--matrix", "retrieval=words", "--save", "a.json")


def test_a_language_model_judges_apart(evaluate):
    with serving() as server:
        server.reply = lambda prompt: said("JA" if "JA eller NEI" in prompt else "5")
        shown = json.loads(
            evaluate("--tag", "finansiering", "--json", llm_base_url=server.address, llm_model="liten")[1]
        )
        assert shown["summary"]["judge_faithfulness"]["value"] == 1.0
        server.reply = said("kanskje")
        assert (
            "svar som ikke kunne leses"
            in evaluate("--tag", "finansiering", llm_base_url=server.address, llm_model="liten")[2]
        )
