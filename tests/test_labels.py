"""Everything that the report may name has a Norwegian name and an explanation."""

import re
from typing import get_args

import pytest

from raufoss_assistant.evaluation import labels, scoring
from raufoss_assistant.evaluation.fields import BY_KEY
from raufoss_assistant.evaluation.model import Kind, Split, Stage
from raufoss_assistant.model import Language, Status


@pytest.mark.parametrize(
    ("worded", "values"),
    [(labels.KINDS, Kind), (labels.STAGES, Stage), (labels.SPLITS, Split), (labels.STATUSES, Status),
     (labels.EXPECTED, Status), (labels.LANGUAGES, Language)],
)  # fmt: skip
def test_each_value_is_worded_in_the_models_order(worded, values):
    assert list(worded) == list(get_args(values))
    for label in worded.values():
        assert label if isinstance(label, str) else label.name and label.explanation.endswith(".")


def test_each_score_of_a_question_is_worded():
    lines = re.findall(r"^        ([a-z_@0-9, ]+):(?: |$)", scoring.scores.__doc__, re.MULTILINE)
    names = {name for line in lines for name in line.split(", ")}
    assert len(names) > 15
    assert names | {"right", "resisted", "auroc"} == set(labels.METRICS)


def test_the_parts_are_called_as_in_the_spreadsheet():
    assert {labels.SPLITS[meaning].name: meaning for meaning in get_args(Split)} == BY_KEY["split"].words


def test_what_was_chosen_for_a_run_is_worded():
    assert labels.setting("høyst") == "Høyst så mange spørsmål fra hvert sett"
    assert labels.setting("retrieval") == "retrieval"


def test_names_do_not_repeat():
    for worded in (labels.KINDS, labels.STAGES, labels.METRICS):
        names = [label.name for label in worded.values()]
        assert len(names) == len(set(names))


def test_what_is_not_worded_keeps_its_own_name_and_comes_last():
    assert labels.metric("new").name == labels.judge("new").name == labels.performance("new") == "new"
    assert labels.metric("right").name == "Riktige svar"
    assert sorted(["new", "hit@5", "right"], key=labels.importance) == ["right", "hit@5", "new"]


def test_performance_names_stage_and_share():
    assert labels.performance("retrieval_p50_ms") == "Søke i dokumentene: halvparten under (ms)"
    assert labels.performance("reading_p95_ms") == "reading: 95 av 100 under (ms)"
    assert labels.performance("seconds") == "Hele kjøringen (sekunder)"


def test_figures_are_written_as_norwegians_write_them():
    assert labels.decimal(0.825) == "0,82"
    assert labels.decimal(1234567.25, 1) == "1\u202f234\u202f567,2"
    assert labels.moment("2026-11-25T04:20:00") == "25. november 2026 kl. 04.20"
    assert labels.moment("2026-01-05T14:03:59+00:00") == "5. januar 2026 kl. 14.03"
    assert labels.short_moment("2026-11-25T04:20:00") == "25.11. 04.20"


@pytest.mark.parametrize(("share", "shown"), [(0, 0), (0.001, 1), (0.64, 64), (0.999, 99), (1, 100)])
def test_only_all_is_a_hundred_and_only_none_is_zero(share, shown):
    assert labels.hundreds(share) == shown
