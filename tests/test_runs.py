import json
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation_rows import cited, found, made, question, row
from raufoss_assistant.errors import EvaluationError
from raufoss_assistant.evaluation.gate import compare
from raufoss_assistant.evaluation.runs import keep, kept, load, save, to_json
from raufoss_assistant.model import Turn

RUN = made(
    [
        row(
            question(history=(Turn("user", "Hei"),), documents=("a.md#2",), must_contain=("60",), language="nn"),
            citations=(cited(page=2),),
            retrieved=(found(right=True),),
            scores={"right": 1 / 3},
            judged={"faithful": 0.1},
            timings_ms={"total": 12.5},
        ),
        row(question("Q2", "uten svar", status="not_found"), ok=False, faults=("svarte",), stage="wrongly_answered"),
    ]
)


def test_a_run_comes_back_as_it_was(tmp_path):
    save(RUN, tmp_path / "ny" / "kjøring.json")
    assert load(tmp_path / "ny" / "kjøring.json") == RUN


def test_a_run_of_an_earlier_version_can_be_read(tmp_path):
    """While some kinds could not be answered, each row said whether its kind was «built»."""
    file = tmp_path / "kjøring.json"
    former = to_json(RUN)
    former["rows"] = [{**line, "built": line["ok"]} for line in former["rows"]]
    file.write_text(json.dumps(former), "utf-8")
    assert load(file) == RUN
    kept = load(Path(__file__).parent.parent / "evals" / "grunnprove.json")
    assert not compare(kept, kept).failed


def test_the_contract():
    shown = to_json(RUN)
    assert shown["summary"]["right"].keys() == {"value", "low", "high", "n"}
    assert [list(line)[:2] for line in shown["rows"]] == [["id", "kind"]] * 2
    assert [(line["id"], line["kind"], line["ok"]) for line in shown["rows"]] == [
        ("Q1", "fakta", True),
        ("Q2", "uten svar", False),
    ]
    assert shown.keys() == {"summary", "rows", "by_kind", "fingerprint", "performance"}
    json.dumps(shown, allow_nan=False)


@pytest.mark.parametrize("content", ["", "[]", "{}", "ikke json", '{"summary": {"right": NaN}}'])
def test_a_file_that_is_no_run(tmp_path, content):
    file = tmp_path / "annet.json"
    file.write_text(content, "utf-8")
    with pytest.raises(EvaluationError, match=r"er ikke en lagret kjøring\. Lag en med «raufoss eval --save"):
        load(file)


def test_a_figure_that_is_no_number_is_not_read(tmp_path):
    file = tmp_path / "kjøring.json"
    save(RUN, file)
    file.write_text(file.read_text("utf-8").replace("0.3333333333333333", "NaN"), "utf-8")
    with pytest.raises(EvaluationError, match="er ikke en lagret kjøring"):
        load(file)


def test_files_that_cannot_be_read_or_written(tmp_path):
    with pytest.raises(EvaluationError, match=r"borte\.json finnes ikke"):
        load(tmp_path / "borte.json")
    (tmp_path / "fil").write_text("")
    with pytest.raises(EvaluationError, match="Kan ikke lagre kjøringen"):
        save(RUN, tmp_path / "fil" / "kjøring.json")
    (tmp_path / "binær.json").write_bytes(b"\xff\xfe")
    with pytest.raises(EvaluationError, match="er ikke en lagret kjøring"):
        load(Path(tmp_path / "binær.json"))


def test_kept_runs_are_found_by_their_date_the_newest_first(tmp_path):
    later = replace(RUN, fingerprint=replace(RUN.fingerprint, date="2026-12-01T09:05:00+01:00"))
    files = [keep(each, tmp_path / "reports") for each in (RUN, later)]
    (tmp_path / "reports" / "grunnlag.json").write_text("{}")
    assert kept(tmp_path / "reports") == files[::-1]
    assert files[1].name == "2026-12-01-090500.json"
    assert load(files[1]) == later
    assert kept(tmp_path / "borte") == []
