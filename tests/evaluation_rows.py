"""Questions, rows and runs with as little written out as a test needs."""

from raufoss_assistant.evaluation.model import Cited, Fingerprint, Question, Retrieved, Row, Run
from raufoss_assistant.evaluation.summary import summarise

MARK = Fingerprint(
    date="2026-11-25T04:20:00+01:00",
    commit="abc",
    version="0.1.0",
    documents="d1",
    questions="q1",
    model="e5-small",
    rules="r1",
    settings={},
)


def question(id_="Q1", kind="fakta", **values):
    return Question(id_, values.pop("question", "Hvor stor er Læringsfabrikken?"), kind, **values)


def cited(document="a.md", *, page=None, quote="1 500 kvadratmeter", verified=True, right=True, span=None):
    return Cited(document, page, "Tittel", "2024-02-06", quote, verified, right, span)


def found(document="a.md", *, right=False, right_document=False, text="tekst", page=None):
    return Retrieved(document, page, None, 1.0, text, right, right or right_document)


def row(asked=None, *, ok=True, scores=None, **values):
    asked = asked or question()
    return Row(
        **{
            "question": asked,
            "set": "prøve",
            "ok": ok,
            "status": asked.status,
            "language": "nb",
            "text": "Læringsfabrikken er 1 500 kvadratmeter stor. [1]",
            "confidence": 0.8,
            "search_query": asked.question,
            "citations": (),
            "retrieved": (),
            "scores": {"right": float(ok)} if scores is None else scores,
            **values,
        }
    )


def made(rows, mark=MARK):
    return Run(mark, tuple(rows), *summarise(rows), performance={"seconds": 1.5})
