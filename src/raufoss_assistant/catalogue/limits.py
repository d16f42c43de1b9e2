"""Hard limits: what in a need rules a record out, and what must be flagged."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from raufoss_assistant.catalogue.needs import Needs
from raufoss_assistant.catalogue.telling import STAGES
from raufoss_assistant.catalogue.values import passed
from raufoss_assistant.model import Language, Record, Statement
from raufoss_assistant.norwegian.numbers import numbers

_YOUNGER = re.compile(r"yngre enn (\w+) år(?:[^.]*?unntaksvis (?:inntil )?(\w+))?", re.IGNORECASE)
_FULL_TIME = re.compile(r"minst (\w+) årsverk", re.IGNORECASE)
_NEW = re.compile(r"nystartede bedrifter", re.IGNORECASE)
_SMALL = re.compile(r"(?:\w+ er for )?små og mellomstore bedrifter", re.IGNORECASE)
_LARGE = 250
"""Employees from which a company is large (EU recommendation 2003/361)."""
_LIKELY = 0.8
"""Chance from which a stage that is told in no fixed words is held against a record, but does not rule it out: of the
needs that tell none, about one in ten seems to."""
_ESTABLISHED = 10
"""Years from which a company is no longer new."""
_INNLANDET = re.compile(r"\bi Innlandet\b", re.IGNORECASE)
_REASONS: dict[str, dict[Language, str]] = {
    "small": {"nb": "for liten: er for {said}", "nn": "for lita: er for {said}", "en": "too small: it is for {said}"},
    "large": {"nb": "for stor: er for {said}", "nn": "for stor: er for {said}", "en": "too large: it is for {said}"},
    "maybe_early": {
        "nb": "kan være for tidlig: {said}",
        "nn": "kan vere for tidleg: {said}",
        "en": "may be too early: {said}",
    },
    "maybe_late": {
        "nb": "kan være for moden: {said}",
        "nn": "kan vere for moden: {said}",
        "en": "may be too mature: {said}",
    },
    "early": {"nb": "for tidlig: {said}", "nn": "for tidleg: {said}", "en": "too early: {said}"},
    "late": {"nb": "for moden: {said}", "nn": "for moden: {said}", "en": "too mature: {said}"},
    "old": {
        "nb": "bedriften er for gammel: {said}",
        "nn": "bedrifta er for gammal: {said}",
        "en": "the company is too old: {said}",
    },
    "exception": {
        "nb": "bare unntaksvis: {said}",
        "nn": "berre unntaksvis: {said}",
        "en": "only exceptionally: {said}",
    },
    "place": {
        "nb": "gjelder bedrifter i Innlandet",
        "nn": "gjeld bedrifter i Innlandet",
        "en": "is for companies in Innlandet",
    },
    "deadline": {
        "nb": "fristen er gått ut: {said}",
        "nn": "fristen er gått ut: {said}",
        "en": "the deadline has passed: {said}",
    },
    "price": {
        "nb": "dyrere enn budsjettet: {said}",
        "nn": "dyrare enn budsjettet: {said}",
        "en": "more than the budget: {said}",
    },
    "time": {"nb": "kan ta lengre tid: {said}", "nn": "kan ta lengre tid: {said}", "en": "may take longer: {said}"},
}


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something in a need that does not fit a record.

    Attributes:
        reason: in the reader's language.
        hard: whether it rules the record out.
        statement: where the record says so.
    """

    reason: str
    hard: bool
    statement: Statement


def misfits(record: Record, text: str, needs: Needs, today: date, language: Language = "nb") -> list[Misfit]:
    """All that does not fit, the hard first.

    Args:
        record: a course, service, funding scheme or catapult.
        text: the need as it was written.
        needs: its profile.
        today: the day that deadlines are held against.
        language: of the reasons.
    """
    found = [
        *_sizes(record, needs, language),
        *_ages(record, needs, language),
        *_others(record, needs, today, language),
    ]
    found += _conditions(record, text, needs, language)
    return sorted(found, key=lambda each: not each.hard)


def _said(kind: str, statement: Statement, language: Language, *, hard: bool = True) -> Misfit:
    sentence = re.split(r"(?<=[^\d\s]{2})[.;](?:\s|$)", statement.text)[0].rstrip(".")
    said = sentence[0].lower() + sentence[1:] if kind in ("small", "large") else sentence
    return Misfit(_REASONS[kind][language].format(said=said), hard, statement)


def _sizes(record: Record, needs: Needs, language: Language) -> Iterator[Misfit]:
    target, trl = record.said("target"), record.said("trl")
    small = next((each for each in record.all("target") if _SMALL.match(each.text)), None)
    if small and record.type == "funding" and (needs.employees or 0) >= _LARGE:
        yield _said("large", small, language)
    if needs.employees is not None and target and target.value and record.type == "service":
        about = bool({"about", "others"} & target.value.marks)
        if target.value.low is not None and needs.employees < target.value.low:
            yield _said("small", target, language, hard=not about)
        high = target.value.high
        if high is not None and (needs.employees > high or (needs.more and needs.employees >= high)):
            yield _said("large", target, language, hard=not about)
    if needs.trl is not None and trl and trl.value and trl.value.low is not None and trl.value.high is not None:
        least, most = needs.trl
        if {f"{least:g}", f"{most:g}"} & trl.value.marks:
            yield _said("exception", trl, language, hard=False)
        elif most < trl.value.low:
            yield _said("early", trl, language)
        elif least > trl.value.high:
            yield _said("late", trl, language)
    for kind, chance in zip(("maybe_early", "maybe_late"), _unripe(record, needs), strict=True):
        if trl and chance >= _LIKELY:
            yield _said(kind, trl, language, hard=False)


def _unripe(record: Record, needs: Needs) -> tuple[float, float]:
    """How likely what a need tells is too early for a record, and too mature, where no level is told."""
    trl = record.value("trl")
    if trl is None or trl.low is None or trl.high is None or not needs.stages:
        return 0.0, 0.0
    told = list(zip(STAGES.values(), needs.stages, strict=True))
    early = sum(chance for (_, most), chance in told if most < trl.low)
    return early, sum(chance for (least, _), chance in told if least > trl.high)


def _ages(record: Record, needs: Needs, language: Language) -> Iterator[Misfit]:
    for statement in record.all("target"):
        limit = _YOUNGER.search(statement.text)
        if limit and needs.age is not None and needs.age >= _number(limit[1]):
            within = limit[2] and needs.age <= _number(limit[2])
            yield _said("exception" if within else "old", statement, language, hard=not within)
            return
    new = next((each for each in record.all("target") if _NEW.search(each.text)), None)
    if new and needs.age is not None and needs.age >= _ESTABLISHED:
        yield _said("old", new, language)
    for statement in record.all("target"):
        least = _FULL_TIME.search(statement.text)
        if least and needs.employees is not None and needs.employees < _number(least[1]):
            yield _said("small", statement, language)
            return


def _others(record: Record, needs: Needs, today: date, language: Language) -> Iterator[Misfit]:
    inside = next((each for each in record.all("target") if _INNLANDET.search(each.text)), None)
    if inside and needs.innlandet is False:
        yield _said("place", inside, language)
    deadline, price, duration = record.said("deadline"), record.said("price"), record.said("duration")
    if deadline and deadline.value and passed(deadline.value, today) and "relative" not in deadline.value.marks:
        yield _said("deadline", deadline, language)
    if needs.budget is not None and price and price.value and (price.value.low or 0) > needs.budget:
        yield _said("price", price, language, hard=False)
    if needs.days is not None and duration and duration.value and (duration.value.high or 0) > needs.days:
        yield _said("time", duration, language, hard=(duration.value.low or 0) > needs.days)


@dataclass(frozen=True, slots=True)
class _Condition:
    types: tuple[str, ...]
    fields: tuple[str, ...]
    record: re.Pattern[str]
    need: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    applicants: frozenset[str]
    trl_under: float
    begins_under: float
    hard: bool
    reason: dict[Language, str]

    def broken(self, text: str, needs: Needs) -> bool:
        """Whether a need breaks it."""
        if self.unless and self.unless.search(text):
            return False
        return bool(
            (self.need and self.need.search(text))
            or self.applicants & needs.applicants
            or (needs.trl and needs.trl[1] < self.trl_under)
            or (needs.begins is not None and needs.begins < self.begins_under)
        )


def _conditions(record: Record, text: str, needs: Needs, language: Language) -> Iterator[Misfit]:
    for condition in _all_conditions():
        if (condition.types and record.type not in condition.types) or not condition.broken(text, needs):
            continue
        statements = (each for field in condition.fields for each in record.all(field) if not each.outdated)
        if said := next((each for each in statements if condition.record.search(each.text)), None):
            yield Misfit(condition.reason[language], condition.hard, said)


@lru_cache(maxsize=1)
def _all_conditions() -> tuple[_Condition, ...]:
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/limits.yaml")
    raw: list[dict[str, Any]] = yaml.safe_load(file.read_text("utf-8"))
    return tuple(
        _Condition(
            types=tuple(it.get("types", ())),
            fields=tuple(it["fields"]),
            record=re.compile(it["record"], re.IGNORECASE),
            need=re.compile(it["need"], re.IGNORECASE) if "need" in it else None,
            unless=re.compile(it["unless"], re.IGNORECASE) if "unless" in it else None,
            applicants=frozenset(it.get("applicants", ())),
            trl_under=it.get("trl_under", 0.0),
            begins_under=it.get("begins_under", -math.inf),
            hard=it.get("hard", True),
            reason=it["reason"],
        )
        for it in raw
    )


def _number(word: str) -> float:
    return next((number.value for number in numbers(word)), 0.0)
