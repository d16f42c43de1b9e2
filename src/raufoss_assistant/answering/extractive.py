"""The default responder: the sentences of the documents that answer, each with its proof, or a refusal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from raufoss_assistant.answering import figures, phrases
from raufoss_assistant.answering.antecedent import refers_back, with_antecedent
from raufoss_assistant.answering.citations import stands
from raufoss_assistant.answering.currency import Currency
from raufoss_assistant.answering.dating import YEAR, asks_for_day, dates_itself, dating
from raufoss_assistant.answering.evidence import Calibration, Features, calibration, company, measure
from raufoss_assistant.answering.expectation import Expectation
from raufoss_assistant.answering.figures import Asked, asks_yes_or_no
from raufoss_assistant.answering.numbered import of_another_number
from raufoss_assistant.answering.units import (
    Unit,
    is_step,
    same_words,
    short_answer,
    units,
    whole_list,
    with_list,
    with_referral,
    with_rest,
)
from raufoss_assistant.index.encoder import Encoder
from raufoss_assistant.index.store import Index
from raufoss_assistant.model import Answer, Citation, Hit, Language, Question
from raufoss_assistant.norwegian.analyse import terms
from raufoss_assistant.retrieval.passage_reader import SECONDS, PassageReader

_MOST_CLAIMS = 3
_ENOUGH = 0.6
"""A further sentence is added where its chance is at least this share of the best one's."""
_SHARED = 0.1
"""Share of the question's words, by their rarity, below which the passage has as good as none of them."""
ALONE = 0.75
"""The least confidence there, where meaning stands alone."""
COUNTED = 0.8
"""The least confidence in a unit that counts just what is asked for, and lacks no word of the question."""
_BESIDE, _SAME_PASSAGE = 0.35, 0.1
"""What is asked for and the best unit lacks is told by one whose chance is at least this share of the best one's; the
second where both stand in one passage."""
_ALL_NAMED = 0.15
"""The same for what has all words of the question."""
_OTHER = 0.5
"""Factor for a unit about something else than what the question names."""
_NUMBERED = 0.3
"""Factor for a unit that tells of another number of what the question names by one: «TRL 5» for «TRL 6»."""
_FOREIGN = 0.7
"""Factor for a unit in another language than the question's, which cannot be read as easily."""
_HEADING, _HEADED = 1.2, 0.9
"""From such a likeness (shifted cosine) the line above a passage asks the question, and its first unit answers it with
such a chance at least: of 18 such questions among those that are tuned on, 17 were answered by it, and of 219 questions
without an answer none has such a line."""
_DEFINED = re.compile(
    r"\W*(?:hva|kva|what) (?:er|is|are|betyr|tyder) (?:(?:en|et|ei|ein|eit|an?|the) )?([^?]{2,60}?)\W*$", re.IGNORECASE
)
_DEFINES = 0.5
"""Share of the doubt that is left in a unit that begins with the thing of which it is asked what it is."""
_NEAREST = 3
_SPOKEN_OF, _NEAR, _COVERED = 0.2, 0.4, 0.5
"""What says that something is not known is shown in a refusal from such a chance, or such a likeness to the question
(shifted cosine) and share of its words."""
_BARE = re.compile(r"\W*(?:(?:fra|frå|from|inntil|ca\.?|rundt|om lag|about|trl) )?\d", re.IGNORECASE)
"""What begins with a figure tells nothing of whose it is."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit, what speaks for it, and the chance that it answers."""

    unit: Unit
    features: Features
    chance: float


class Extractive:
    """Answers with sentences taken from the documents, letter for letter.

    Example:
        >>> Extractive(index, encoder).answer(Question(text, text, "nb"), hits).text
        'Læringsfabrikken er 1 500 kvadratmeter stor. [1]'
    """

    def __init__(
        self, index: Index, encoder: Encoder, reader: PassageReader | None = None, seconds: float = SECONDS
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._reader = reader
        self._seconds = seconds
        self._currency = Currency(index.properties)

    def answer(self, question: Question, hits: Sequence[Hit]) -> Answer:
        """Answer from the passages found for the question, or refuse.

        Refused is what falls below the calibrated threshold, what the best sentence says is not known, a wish to have
        a text written, and what only tells the assistant how to behave.
        """
        text, query, language = question.text, question.meant, question.language
        asks = phrases.asks_the_documents(text)
        judged, best, confidence = self._judged(question, hits) if asks else ([], None, 0.0)
        proven: list[Judged] = []
        if best and confidence >= _needed(best, hits) and not self._too_new(query, judged):
            ranked = [best, *(one for one in judged if one.unit is not best.unit)]
            if self._currency.asks_of_change(query):
                places = self._currency.contrast(query, [one.unit for one in ranked], [one.chance for one in ranked])
                proven = self._proven([ranked[place] for place in places])
            else:
                proven = self._proven(_completed(query, _few(ranked, language), ranked))
        expected = Expectation.of(query)
        if expected.demanded and not any(expected.met_by(one.unit.readable) for one in proven):
            proven = []
        if not proven:
            absent = self._absent(judged)
            nearest = _one_per_document([absent.hit, *hits] if absent else hits)[:_NEAREST]
            refusal = phrases.not_found(text, nearest, language, absent.readable if absent else "")
            return Answer(text, query, "not_found", refusal, language, "extractive", confidence, nearest=tuple(nearest))
        dated = asks_for_day(text) or self._currency.asks_of_today(text)
        claims = "\n\n".join(self._claim(one.unit, n, language, dated=dated) for n, one in enumerate(proven, 1))
        citations = tuple(
            Citation(n, one.unit.hit.chunk, one.unit.hit.properties, one.unit.quote, short_answer(one.unit), one.chance)
            for n, one in enumerate(proven, 1)
        )
        return Answer(text, query, "answered", claims, language, "extractive", confidence, citations)

    def judge(
        self, question: str, hits: Sequence[Hit], names: Sequence[str] = (), language: Language | None = None
    ) -> list[Judged]:
        """All units of the passages, those that answer best first.

        One that tells of none of the names gives way, and so does one in another language than that, if it is given.
        """
        candidates = [unit for hit in hits for unit in units(hit)] if terms(question) else []
        features = self._measured(question, candidates)
        selection = _rules(hits).selection
        chances = [selection.probability(each) for each in features]
        first = {unit.hit.chunk.id: unit for unit in reversed(candidates)}
        defined = _DEFINED.match(question)
        told = [
            _surer(
                chance,
                heads=unit is first[unit.hit.chunk.id] and _answers_heading(question, unit, each),
                defines=bool(defined and _tells_what(unit, defined[1])),
            )
            * _standing(unit, names, language)
            * (_NUMBERED if of_another_number(question, unit.quote) else 1.0)
            for unit, each, chance in zip(candidates, features, chances, strict=True)
        ]
        weighed = self._currency.weigh(question, candidates, figures.weighed(question, candidates, told))
        judged = [Judged(*each) for each in zip(candidates, features, weighed, strict=True)]
        return sorted(judged, key=lambda one: -one.chance)

    def _judged(self, question: Question, hits: Sequence[Hit]) -> tuple[list[Judged], Judged | None, float]:
        """All units, the best one, and how sure it is that it answers.

        Where the question is read with names that the user did not write, they prove nothing: it is sure or not by the
        user's own words, and what those find is taken where the names find nothing that is.
        """
        names, language = self._names(question), question.language
        judged = self.judge(question.named or question.meant, hits, names, language)
        best = _best(judged, question.meant)
        if not question.named:
            return judged, best, self._confidence(question, best, [one.features for one in judged], hits)
        plain = self.judge(question.meant, hits, names, language)
        proof = {_place(one.unit): one.features for one in plain}
        if best:
            best = replace(best, features=proof[_place(best.unit)])
        other = _best(plain, question.meant)
        confidence = self._confidence(question, best, list(proof.values()), hits)
        asked_above = other is not None and _answers_heading(question.meant, other.unit, other.features)
        if best and confidence >= _needed(best, hits) and not asked_above:
            return judged, best, confidence
        return plain, other, self._confidence(question, other, list(proof.values()), hits)

    def _confidence(
        self, question: Question, best: Judged | None, proof: Sequence[Features], hits: Sequence[Hit]
    ) -> float:
        """How sure it is that the best unit answers, among all that was measured."""
        if best is None:
            return 0.0
        confidence = _rules(hits).answerable.probability(best.features, company(proof))
        asked = Asked.of_question(question.meant)
        named = asks_yes_or_no(question.meant) and asked.names_figure_of(best.unit.readable)
        counted = asked.answered_by(best.unit) or self._renames(question, best.unit) or named
        headed = _answers_heading(question.meant, best.unit, best.features)
        return max(confidence, COUNTED) if counted or headed else confidence

    def _renames(self, question: Question, unit: Unit) -> bool:
        """Whether a unit tells today's name of what the question, which asks how things are, calls by another one."""
        today = self._currency.asks_of_today(question.meant) or asks_yes_or_no(question.meant)
        old = [name for name in question.names if name.casefold() in question.meant.casefold()]
        new = [name for name in question.names if name not in old]
        quote = unit.quote.casefold()
        return today and all(any(name.casefold() in quote for name in names) for names in (old, new))

    def _names(self, question: Question) -> list[str]:
        """The names that a unit should tell of; of the past only those that the user wrote: names change."""
        past = self._currency.asks_of_past(question.meant)
        return [name for name in question.names if not past or name.casefold() in question.meant.casefold()]

    def _measured(self, question: str, candidates: Sequence[Unit]) -> list[Features]:
        return measure(question, candidates, self._index.words, self._encoder, self._reader, seconds=self._seconds)

    def _proven(self, chosen: Sequence[Judged]) -> list[Judged]:
        """The units to show, each with the list it introduces, those whose quote stands in its document."""
        whole = _whole(chosen)
        return [one for one in whole if stands(one.unit.quote, one.unit.hit.chunk, self._index.manifest)]

    def _absent(self, judged: Sequence[Judged]) -> Unit | None:
        """The likeliest unit that says that just what is asked for is not known, with whom to ask; None without."""
        told = (one.unit for one in judged if one.unit.tells_absence and not one.unit.is_row and _is_about(one))
        unit = next((with_referral(each) for each in told), None)
        return unit if unit and stands(unit.quote, unit.hit.chunk, self._index.manifest) else None

    def _too_new(self, question: str, judged: Sequence[Judged]) -> bool:
        """Whether a figure or name of a certain year is asked for, and the likeliest units tell of later ones."""
        year = self._currency.year_of(question)
        if year is None or Expectation.of(question).kind not in ("amount", "money", "person"):
            return False
        return self._currency.is_too_new(year, [one.unit for one in judged if one.chance >= _ENOUGH * judged[0].chance])

    def _claim(self, unit: Unit, n: int, language: Language, *, dated: bool) -> str:
        outdated = self._currency.is_outdated(unit.hit.chunk.document) and not _tells_of_later(unit)
        span = short_answer(unit)
        told = " ".join(span.split()) if span else None
        when = phrases.When(dating(unit).beside, always=dated)
        about = unit.hit.properties.title if refers_back(unit.quote) else ""
        return phrases.claim(
            unit.readable, n, unit.hit.properties, language, outdated=outdated, span=told, when=when, about=about
        )


def _few(judged: Sequence[Judged], language: Language) -> list[Judged]:
    """The best and those about as likely, nothing twice."""
    chosen: list[Judged] = []
    for one in judged:
        if len(chosen) == _MOST_CLAIMS or one.chance < _ENOUGH * judged[0].chance:
            break
        if chosen and not _adds(one, judged[0], language):
            continue
        twin = next((i for i, other in enumerate(chosen) if same_words(one.unit.quote, other.unit.quote)), None)
        if twin is None:
            chosen.append(one)
        elif _says_better(one.unit, chosen[twin].unit):
            chosen[twin] = one
    return chosen


def _completed(question: str, chosen: list[Judged], ranked: Sequence[Judged]) -> list[Judged]:
    """The chosen, and the likeliest that holds the kind of thing asked for, first or besides, where none of them does.

    In the passage of the best one it may be far less likely than that: «… i flere trinn. Flyttingen skjedde i 1895.»
    """
    passage = ranked[0].unit.hit.chunk.id
    if (beside := Expectation.beside(question)) and (one := _telling_beside(beside, question, ranked)):
        chosen = [*chosen, *([] if any(one.unit is other.unit for other in chosen) else [one])]
    for asked in filter(None, (Expectation.of(question), beside)):
        if not any(asked.met_by(one.unit.readable) for one in chosen):
            telling = [one for one in ranked if asked.met_by(one.unit.readable)]
            same = [one for one in telling if one.unit.hit.chunk.id == passage]
            near = [one for one in same if one.chance >= _SAME_PASSAGE * ranked[0].chance]
            near += [one for one in telling if one.chance >= _BESIDE * ranked[0].chance]
            chosen = [*chosen, *near[:1]]
    return chosen


def _telling_beside(beside: Expectation, question: str, ranked: Sequence[Judged]) -> Judged | None:
    """What tells the one thing more that is asked for of all that the question names, the likeliest; None without."""
    asked = Asked.of_question(question)
    return next(
        (
            one
            for one in ranked
            if one.chance >= _ALL_NAMED * ranked[0].chance
            and beside.met_by(one.unit.readable)
            and asked.owned(one.unit.readable) == 1
        ),
        None,
    )


def _adds(one: Judged, best: Judged, language: Language) -> bool:
    """Whether a sentence may stand beside the best one.

    Not where it only sends the reader to someone, tells in another language than the best one does, is the bare figure
    of another document, which is about something else, or stands elsewhere than under the heading that asks just that.
    """
    apart = one.unit.hit.chunk.document != best.unit.hit.chunk.document
    bare = apart and _BARE.match(one.unit.quote)
    aside = apart and best.features.heading >= _HEADING > one.features.heading
    foreign, best_foreign = (phrases.is_foreign(each.unit.hit.properties, language) for each in (one, best))
    return not (bare or aside or one.unit.refers_on) and (best_foreign or not foreign)


def _is_about(one: Judged) -> bool:
    """Whether a unit that says that something is not known speaks of what is asked for."""
    near = one.features.cosine >= _NEAR and one.features.coverage >= _COVERED
    return near or one.chance >= _SPOKEN_OF


def _surer(chance: float, *, heads: bool, defines: bool) -> float:
    """The chance of a unit, higher where it heads the section that the question asks for, or tells what a thing is."""
    chance = max(chance, _HEADED) if heads else chance
    return 1 - _DEFINES * (1 - chance) if defines else chance


def _answers_heading(question: str, unit: Unit, features: Features) -> bool:
    """Whether the line above a unit asks the question and the unit holds what that asks for."""
    asks = features.heading >= _HEADING and not unit.refers_on
    return asks and Expectation.of(question).met_by(unit.readable)


def _tells_what(unit: Unit, thing: str) -> bool:
    """Whether a unit begins with the thing, as what tells what it is does."""
    return bool(re.match(rf"\W*(?:(?:en|et|ei|ein|eit|an?|the) )?{re.escape(thing)}\b", unit.quote, re.IGNORECASE))


def _tells_of_later(unit: Unit) -> bool:
    """Whether it names a year after that of its document, which is not what is outdated of it."""
    day = unit.hit.properties.date
    return day is not None and any(int(year) > day.year for year in YEAR.findall(unit.quote))


def _needed(best: Judged, hits: Sequence[Hit]) -> float:
    """How sure it must be that the best unit answers."""
    return _rules(hits).threshold if best.features.context >= _SHARED else ALONE


def _says_better(unit: Unit, other: Unit) -> bool:
    """Whether of two that say the same one dates itself, or stands in a passage that fits the question better."""
    if dates_itself(unit) != dates_itself(other):
        return dates_itself(unit)
    return unit.hit.score > other.hit.score


def _standing(unit: Unit, names: Sequence[str], language: Language | None) -> float:
    """Factor for a unit that neither has a name of the question nor stands under one, or is in another language."""
    around = f"{unit.hit.chunk.context}\n{unit.quote}".casefold()
    named = not names or any(name.casefold() in around for name in names)
    foreign = language is not None and phrases.is_foreign(unit.hit.properties, language)
    return (1.0 if named else _OTHER) * (_FOREIGN if foreign else 1.0)


def _rules(hits: Sequence[Hit]) -> Calibration:
    return calibration(read=any(hit.reading for hit in hits))


def _best(judged: Sequence[Judged], question: str) -> Judged | None:
    """The likeliest unit; None where one about as likely tells that nothing is known and the others only refer on.

    A row may say so of another thing than what is asked for.
    """
    near = [one for one in judged if one.chance >= _ENOUGH * judged[0].chance]
    asked = Asked.of_question(question)
    absent = [one.unit.lacks(question) and not asked.names_figure_of(one.unit.readable) for one in near]
    if not any(absent):
        return near[0] if near else None
    known = (one for one, lacks in zip(near, absent, strict=True) if not lacks and not one.unit.refers_on)
    return next(known, None)


def _whole(chosen: Sequence[Judged]) -> list[Judged]:
    """Each with the list it introduces; a step, or two items of a list, become the whole list, once."""
    wholes = [whole_list(one.unit) for one in chosen]
    lists = Counter(map(_place, wholes))
    found: dict[tuple[str, int, int], Judged] = {}
    for one, of_list in zip(chosen, wholes, strict=True):
        taken = of_list if is_step(one.unit) or lists[_place(of_list)] > 1 else _rounded(one.unit)
        found.setdefault(_place(taken), replace(one, unit=taken))
    return [one for one in found.values() if not any(_within(one.unit, other.unit) for other in found.values())]


def _rounded(unit: Unit) -> Unit:
    """The unit with what it needs around it to be understood."""
    return with_antecedent(with_rest(with_list(unit)))


def _within(unit: Unit, other: Unit) -> bool:
    """Whether a unit is part of a larger one."""
    same = unit.hit.chunk.id == other.hit.chunk.id
    return same and _place(unit) != _place(other) and other.start <= unit.start and unit.end <= other.end


def _place(unit: Unit) -> tuple[str, int, int]:
    return unit.hit.chunk.id, unit.start, unit.end


def _one_per_document(hits: Sequence[Hit]) -> list[Hit]:
    return list({hit.chunk.document: hit for hit in reversed(hits)}.values())[::-1]
