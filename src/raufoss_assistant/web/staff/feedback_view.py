"""What visitors said of the answers, as staff see it: the list, one in full, an answer, and the test made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from raufoss_assistant.evaluation import rows
from raufoss_assistant.evaluation.fields import BY_KEY
from raufoss_assistant.evaluation.labels import STATUSES
from raufoss_assistant.evaluation.model import Question
from raufoss_assistant.evaluation.triage import Case
from raufoss_assistant.feedback.model import RATINGS, REASONS, STATES, Exchange
from raufoss_assistant.web.staff.fragments import fragment

MOST = 100
"""Feedbacks listed at once."""
_WORDS: Mapping[str, object] = {"RATINGS": RATINGS, "REASONS": REASONS, "STATES": STATES}


def overview(cases: Sequence[Case], unfinished: int, total: int, chosen_by: str) -> str:
    """The list, each with a link that chooses it.

    Args:
        cases: those that pass the filter, in order.
        unfinished: how many of all are still to be looked at.
        total: how many there are in all.
        chosen_by: id of the box that the number of the chosen one is put into.
    """
    return fragment(
        "feedback_list.html.j2",
        cases=cases[:MOST],
        count=len(cases),
        unfinished=unfinished,
        total=total,
        chosen_by=chosen_by,
        **_WORDS,
    )


def whole(case: Case) -> str:
    """All that is known of a feedback but the answers: what the visitor wrote, what was asked and said before."""
    return fragment("feedback.html.j2", case=case, **_WORDS)


def given(title: str, exchange: Exchange) -> str:
    """An answer with its sources, quotes and confidence, and what it was answered from."""
    return fragment("answer.html.j2", title=title, given=exchange)


def difference(then: Exchange, now: Exchange) -> str:
    """In one sentence, whether the answer is another one today."""
    if now.text == then.text and now.sources == then.sources:
        said = "Svaret er det samme i dag, med de samme kildene."
    elif now.status != then.status:
        said = f"Assistenten {STATUSES[then.status]} den gang, og {STATUSES[now.status]} i dag."
    elif now.text == then.text:
        said = "Svaret er det samme i dag, men kildene er andre."
    else:
        said = "Svaret er et annet i dag."
    return f'<p class="melding merk">{said}</p>'


def made(question: Question, file: str) -> str:
    """The row that a feedback has become in a set."""
    told = {BY_KEY[key].head: text.split("\n") for key, text in rows.cells(question).items()}
    return fragment("feedback_test.html.j2", told=told, file=file)
