import math

import pytest

from evaluation_rows import question, row
from raufoss_assistant.errors import EvaluationError
from raufoss_assistant.evaluation.summary import sides, summarise


def test_each_metric_is_averaged_over_the_rows_that_have_it():
    rows = [row(scores={"right": 1.0, "clean": 0.0}), row(scores={"right": 0.0})]
    summary, by_kind = summarise(rows)
    assert (summary["right"].value, summary["right"].n) == (0.5, 2)
    assert (summary["clean"].value, summary["clean"].n) == (0.0, 1)
    assert by_kind == {"fakta": summary}


def test_every_kind_counts_in_all_and_by_itself():
    summary, by_kind = summarise([row(), row(question(kind="oppfølging"), ok=False)])
    assert (summary["right"].value, summary["right"].n) == (0.5, 2)
    assert {kind: (each["right"].value, each["right"].n) for kind, each in by_kind.items()} == {
        "fakta": (1.0, 1),
        "oppfølging": (0.0, 1),
    }


def test_auroc_where_there_are_both_sides():
    with_answer = row(confidence=0.9, scores={"right": 1.0, "answered": 1.0})
    without = row(question(status="not_found"), confidence=0.1, scores={"right": 1.0, "refused": 1.0})
    asked_back = row(question(status="clarify"), confidence=0.0)
    summary, by_kind = summarise([with_answer, without, asked_back])
    assert (summary["auroc"].value, summary["auroc"].n) == (1.0, 2)
    assert "auroc" in by_kind["fakta"]
    assert "auroc" not in summarise([with_answer])[0]
    assert sides([with_answer, asked_back]) == ([with_answer], [True])


def test_scores_by_a_language_model_are_apart():
    summary, _ = summarise([row(judged={"right": 0.0, "faithful": 0.5})])
    assert summary["right"].value == 1.0
    assert (summary["judge_right"].value, summary["judge_faithful"].value) == (0.0, 0.5)


@pytest.mark.parametrize("rows", [[], [row(scores={})]], ids=["no rows", "no scores"])
def test_zero_scored_rows_is_an_error(rows):
    with pytest.raises(EvaluationError, match="Ingen spørsmål ble målt"):
        summarise(rows)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("field", ["scores", "judged", "confidence"])
def test_what_is_not_a_number_never_enters_a_mean(field, value):
    bad = row(question("Q7"), **{field: value if field == "confidence" else {"hit@1": value}})
    with pytest.raises(EvaluationError, match=r"Spørsmål Q7: målet .* er -?(nan|inf), ikke et tall"):
        summarise([row(), bad])
