from dataclasses import replace

import pytest

from evaluation_rows import MARK, made, question, row
from raufoss_assistant.errors import EvaluationError
from raufoss_assistant.evaluation.gate import compare


def binary(right, wrong, mark=MARK):
    """A run whose first questions are right and whose others are wrong."""
    oks = [True] * right + [False] * wrong
    return made([row(question(f"Q{n}"), ok=ok) for n, ok in enumerate(oks)], mark)


def shares(values):
    return made([row(question(f"Q{n}"), scores={"must_contain": value}) for n, value in enumerate(values)])


def change(comparison, metric):
    return next(each for each in comparison.changes if each.metric == metric)


def test_an_equal_run_passes():
    comparison = compare(binary(12, 8), binary(12, 8))
    assert not comparison.failed
    assert (comparison.won, comparison.lost, comparison.same) == ((), (), 20)
    assert comparison.remarks == ()
    assert change(comparison, "right").p == 1.0


def test_six_lost_of_twenty_is_more_than_noise_and_five_is_not():
    lost_six, lost_five = compare(binary(20, 0), binary(14, 6)), compare(binary(20, 0), binary(15, 5))
    assert change(lost_six, "right").p == pytest.approx(2 * 0.5**6)
    assert lost_six.failed
    assert lost_six.lost == ("Q14", "Q15", "Q16", "Q17", "Q18", "Q19")
    assert change(lost_five, "right").p == pytest.approx(2 * 0.5**5)
    assert not lost_five.failed


def test_a_rise_is_never_worse():
    comparison = compare(binary(5, 15), binary(20, 0))
    assert change(comparison, "right").p < 0.05
    assert not comparison.failed
    assert len(comparison.won) == 15


def test_as_many_won_as_lost_is_noise():
    before = made([row(question(f"Q{n}"), ok=n % 2 == 0) for n in range(40)])
    after = made([row(question(f"Q{n}"), ok=n % 2 == 1) for n in range(40)])
    comparison = compare(before, after)
    assert (len(comparison.won), len(comparison.lost), comparison.failed) == (20, 20, False)


def test_shares_are_tested_by_their_signs():
    fell = compare(shares([0.5] * 10), shares([0.25] * 10))
    assert change(fell, "must_contain").p == pytest.approx(2 * 0.5**10)
    assert fell.failed
    mixed = compare(shares([0.5] * 10), shares([0.25, 0.75] * 5))
    assert not mixed.failed
    assert not compare(shares([0.5] * 10), shares([0.25] + [0.5] * 9)).failed


def test_many_shares_are_sampled_with_a_fixed_seed():
    before, after = shares([0.5] * 30), shares([0.4] * 20 + [0.55] * 10)
    assert compare(before, after) == compare(before, after)
    assert compare(before, after).failed


def sided(confidences):
    """A run of answerable and unanswerable questions by turns."""
    rows = []
    for n, confidence in enumerate(confidences):
        status, score = ("answered", "answered") if n % 2 == 0 else ("not_found", "refused")
        rows.append(row(question(f"Q{n}", status=status), confidence=confidence, scores={score: 1.0}))
    return made(rows)


def test_auroc_is_tested_too():
    good, blind = sided([0.9, 0.1] * 15), sided([0.5, 0.5] * 15)
    comparison = compare(good, blind)
    fell = change(comparison, "auroc")
    assert (fell.before, fell.after, fell.n, fell.worse) == (1.0, 0.5, 30, True)
    assert change(compare(good, good), "auroc").p == 1.0


def test_only_the_same_questions_are_compared():
    before = made([row(question("Q1")), row(question("Q2")), row(question("Q3", question="Før?"))])
    after = made(
        [row(question("Q1", note="ny", tags=("ny",))), row(question("Q3", question="Nå?")), row(question("Q4"))]
    )
    comparison = compare(before, after)
    assert comparison.same == 1
    assert comparison.uncompared == ("Q2", "Q3", "Q4")
    assert change(comparison, "right").n == 1


@pytest.mark.parametrize("field", ["must_contain", "documents", "records", "must_not_contain"])
def test_a_changed_expectation_is_another_question(field):
    after = made([row(question("Q1", **{field: ("noe",)})), row(question("Q2"))])
    assert compare(made([row(question("Q1")), row(question("Q2"))]), after).uncompared == ("Q1",)


def test_no_question_in_common_is_an_error():
    with pytest.raises(EvaluationError, match="ingen spørsmål til felles"):
        compare(made([row(question("Q1"))]), made([row(question("Q2"))]))


def test_scores_by_a_language_model_do_not_count():
    before = made([row(question(f"Q{n}"), judged={"faithful": 1.0}) for n in range(10)])
    after = made([row(question(f"Q{n}"), judged={"faithful": 0.0}) for n in range(10)])
    assert [each.metric for each in compare(before, after).changes] == ["right"]


def test_what_else_is_not_the_same_is_told():
    after = replace(MARK, documents="d2", commit="def", model="e5-large", rules="r2", settings={"del": "test"})
    remarks = compare(binary(20, 0), binary(20, 0, after)).remarks
    assert remarks == (
        "Dokumentene er ikke de samme.",
        "Reglene for når assistenten svarer er ikke de samme.",
        "Koden er ikke den samme: abc før, def nå.",
        "Modellen er ikke den samme: e5-small før, e5-large nå.",
        "Innstillingen del er ikke den samme: ikke valgt før, test nå.",
    )


def test_too_few_questions_to_tell_is_told():
    assert not compare(binary(5, 0), binary(0, 5)).failed
    assert compare(binary(5, 0), binary(0, 5)).remarks == (
        "Med færre enn 6 spørsmål kan et fall ikke skilles fra tilfeldigheter: Riktige svar.",
    )
    assert compare(binary(6, 0), binary(0, 6)).failed


def test_where_all_are_too_few_not_each_is_named():
    few = made([row(scores={"right": 1.0, "numbers": 1.0, "clean": 1.0})])
    assert compare(few, few).remarks == (
        "Med færre enn 6 spørsmål kan et fall ikke skilles fra tilfeldigheter: det gjelder alle målene her.",
    )
