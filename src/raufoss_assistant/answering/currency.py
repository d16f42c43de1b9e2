"""Which sources give way: superseded, expired, made up or of another year than the one that is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from raufoss_assistant.answering.dating import YEAR, asked_year, dating
from raufoss_assistant.answering.figures import LARGE, NEIGHBOUR, Asked, asks_yes_or_no, figures, people
from raufoss_assistant.answering.units import Unit
from raufoss_assistant.documents.outdated import outdated
from raufoss_assistant.model import Properties
from raufoss_assistant.retrieval.parts import NEWEST

_OUTDATED = 0.35
"""Factor for a superseded or expired document."""
_EXAMPLE = 0.5
"""Factor for made-up example data, which gives way to real sources."""
_PER_YEAR = 0.6
"""Factor for each year that a unit is older than the newest, where the question asks about today."""
_OLDEST = 0.2
"""What those factors fall towards: what has held for long may hold still."""
_TELLS_OLD = re.compile(
    r"\b(?:utdater(?:t|te|ast)|utgått|gammel|gamle|gamal|eldre|tidligere|tidlegare|out ?dated|out of date"
    r"|old|former)\b",
    re.IGNORECASE,
)
"""Words by which a sentence says that what it tells no longer holds."""
_OLD = 0.5
"""Factor for such a sentence, where the question asks about today."""
_YEAR_OLDER = 0.9
"""The same for the years that units name, where it asks of no time at all."""
_RIVAL = 0.6
"""Share of the best one's chance from which a unit is its rival."""
_CONTRAST = 0.3
"""Share of the best one's chance from which a unit is set against it."""
_OTHER_YEAR = 0.15
"""The same where it is of another year."""
_SAME = 0.5
"""Share of the question's words from which another unit tells of the same: who holds a role now."""
_PAST = re.compile(
    r"\b(?:før|tidligere|tidlegare|gammel|gamle|gamal|eldre|historisk|opprinnelig|den gang(?:en)?|den gongen"
    r"|var|ble|blei|ledet|leda|leidde|eide|eigde|åtte|drev|dreiv|første|fyrste)\b"
    r"|\b(?:before|was|were|owned|headed|used to|former|first|originally)\b|\b(?:19|20)\d\d\b"
)
_WHEN = re.compile(r"\b(?:når|when|hvilket år|kva år|what year|årstall\w*|først|eldst\w*|first)\b")
_HOLDING = r"fortsatt|framleis|fremdeles|ennå|enno|lenger|still|any ?more"
"""Words that ask whether something still holds."""
_CHANGE = re.compile(
    r"\b(?:endr(?:et|a|er|ar)|forandr(?:et|a)|økt|auka|sunket|sokke|steget|gått (?:opp|ned)|vokst|vakse"
    rf"|utvikl(?:et|a|ing)\w*|{_HOLDING}|siden (?:19|20)\d\d|sidan (?:19|20)\d\d"
    r"|(?:flere|fleire) eller færre|færre eller fle?i?re|enn i (?:19|20)\d\d"
    rf"|{NEWEST}(?=\W*$)"
    r"|(?:mot|kontra|og|vs\.?|versus|and) (?:nå|no|i dag|idag|now|today)"
    r"|yet|changed|grown|since (?:19|20)\d\d)\b"
)
_STILL = re.compile(rf"\b(?:{_HOLDING})\b")
_DOUBTED = re.compile(
    r"\b(?:rett|riktig|stemmer?|sant?|sett|lest|lese|høyrt|hørt|correct|right|true|seen|read|heard)\b"
)
"""Words of a question that weighs figures against each other."""
_OPEN = 9999
"""Last year of what goes on."""
_NOT_NEXT = 0.02
"""Factor for a unit that tells of none who came before or after somebody, as is asked."""
_YEARS_BETWEEN = 0.97
"""Factor for each year between the two."""
_ANOTHER_YEAR = 0.15
"""Factor for a unit of another year than the one that is asked for, where one likely enough is of that."""
_FIGURE = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d+)*")
_PRESENT = re.compile(
    r"\b(?:nå|no|nåværende|noverande|i dag|idag|dagens|gjeldende|gjeldande|nyeste|now(?:adays)?|today|current(?:ly)?"
    r"|newest|latest|most recent)\b"
)


class Currency:
    """Knows which documents are outdated.

    Example:
        >>> Currency({"ny.md": Properties("T", "kurs", supersedes="gammel.md")}).is_outdated("gammel.md")
        True
    """

    def __init__(self, properties: Mapping[str, Properties], today: date | None = None) -> None:
        self._today = today or date.today()
        self._outdated = outdated(properties, self._today)

    def is_outdated(self, path: str) -> bool:
        """Whether another document supersedes this one, or its last day of validity has passed."""
        return path in self._outdated

    @staticmethod
    def asks_of_change(question: str) -> bool:
        """Whether both what holds and what held answer: «har det endret seg?», «gir det fortsatt 20 prosent?».

        So does a question that is answered by yes or no and names a figure: it may be the old one; and one that sets
        figures against each other.
        """
        asked = question.lower()
        given = Asked.of_question(question).given
        figure = _FIGURE.search(YEAR.sub("", asked)) or any(kind != "count" or value >= LARGE for kind, value in given)
        several = len(given) > 1 and _DOUBTED.search(asked)
        return bool(_CHANGE.search(asked) or (asks_yes_or_no(question) and figure) or several)

    def contrast(self, question: str, units: Sequence[Unit], chances: Sequence[float]) -> list[int]:
        """Places of the likeliest unit and of the likeliest that tells other figures, if any; the newer one first.

        One that tells a figure which the question names comes before all, then one of another year, the newest where
        it is asked whether something still holds; where units tell no figures, their years are compared. Where the
        likeliest counts what is asked for, so must the other.
        """
        ranked = sorted(range(len(units)), key=lambda at: -chances[at])
        best, asked = ranked[0], Asked.of_question(question)
        others = [at for at in ranked if not self._told(units[at]) & self._told(units[best])]
        if asked.kind and asked.told_by(units[best].readable):
            others = [at for at in others if asked.told_by(units[at].readable)]
        if asked.given_by(units[best].readable):
            kinds = {figure.kind for figure in figures(units[best].readable)}
            others = [at for at in others if any(figure.kind in kinds for figure in figures(units[at].readable))]
        of_another_year = [at for at in others if self._year(units[at]) != self._year(units[best])]
        given = asked.given - asked.given_by(units[best].readable)
        rivals = [at for at in others if asked.given_by(units[at].readable) & given]
        rivals = [at for at in rivals if chances[at] >= _OTHER_YEAR * chances[best]]
        later = [at for at in of_another_year if chances[at] >= _OTHER_YEAR * chances[best]]
        if _STILL.search(question.lower()) and not asked.given:
            later = [at for at in later if asked.owned(units[at].readable, but=people(question)) >= _SAME]
            later.sort(key=lambda at: -self._year(units[at]))
        rivals += later
        rivals += [at for at in others if chances[at] >= _CONTRAST * chances[best]]
        first, *other = sorted(
            [best, *rivals[:1]],
            key=lambda at: (self.is_outdated(units[at].hit.chunk.document), -self._year(units[at])),
        )
        places = [self._current(first, units, chances), *other]
        return [*self._instead(places, asked, units, chances), *places]

    def _instead(
        self, places: Sequence[int], asked: Asked, units: Sequence[Unit], chances: Sequence[float]
    ) -> list[int]:
        """The place of the likeliest unit that tells what holds, where all of those only tell what does not."""
        if not asked.given or not all(_TELLS_OLD.search(units[at].quote) for at in places):
            return []
        kinds = {kind for kind, _ in asked.given}
        holding = [
            at
            for at, unit in enumerate(units)
            if not (_TELLS_OLD.search(unit.quote) or self.is_outdated(unit.hit.chunk.document))
            and any(
                each.kind in kinds and (each.kind, each.value) not in asked.given for each in figures(unit.readable)
            )
            and chances[at] >= _OTHER_YEAR * max(chances)
        ]
        return [max(holding, key=lambda at: chances[at])] if holding else []

    def _current(self, at: int, units: Sequence[Unit], chances: Sequence[float]) -> int:
        """The place of the likeliest unit that tells the same in a document that holds, where that one does not."""
        if not self.is_outdated(units[at].hit.chunk.document):
            return at
        told = self._told(units[at])
        same = [
            other
            for other in range(len(units))
            if self._told(units[other]) == told
            and chances[other] >= _OTHER_YEAR * chances[at]
            and not self.is_outdated(units[other].hit.chunk.document)
        ]
        return max(same, key=lambda other: chances[other], default=at)

    def _told(self, unit: Unit) -> frozenset[str]:
        """Figures that a unit tells, else the people, its year where it tells neither."""
        counted = frozenset(f"{figure.value:g}" for figure in figures(unit.readable))
        return counted or people(unit.readable) or frozenset({f"year {self._year(unit)}"})

    def weigh(self, question: str, units: Sequence[Unit], chances: Sequence[float]) -> list[float]:
        """The units' chances to answer, lowered for sources that give way.

        Where the past is asked for, old sources do not. The newest year is that of the newest among the units that
        are at least a third as likely as the best one; among them, of those that surely answer, where there are such.
        """
        asked = question.lower()
        change = self.asks_of_change(question)
        past = change or self.asks_of_past(question)
        if (neighbour := NEIGHBOUR.search(question)) and Asked.of_question(question).kind == "person":
            return _next_to(neighbour, units, chances)
        weighed = [chance * self._standing(unit, past=past) for unit, chance in zip(units, chances, strict=True)]
        if units and (year := self.year_of(question)):
            return self._of_that_year(year, units, weighed)
        if past or not units:
            return weighed
        if not self.asks_of_today(question):
            return weighed if _WHEN.search(asked) else self._newest_first(units, weighed)
        years, wanted = [self._year(unit) for unit in units], Asked.of_question(question)
        near = [at for at, chance in enumerate(weighed) if chance >= max(weighed) / 3]
        sure = [at for at in near if wanted.answered_by(units[at])]
        newest = max(years[at] for at in sure or near)
        return [
            chance
            * (_OLDEST + (1 - _OLDEST) * _PER_YEAR ** max(newest - year, 0) if year else _PER_YEAR)
            * (_OLD if _TELLS_OLD.search(unit.quote) else 1.0)
            for chance, year, unit in zip(weighed, years, units, strict=True)
        ]

    @staticmethod
    def _newest_first(units: Sequence[Unit], chances: Sequence[float]) -> list[float]:
        """Of units about as likely as the best that name years, those with an older one give way a little."""
        years = [max(map(int, YEAR.findall(unit.quote)), default=0) for unit in units]
        near = [year for year, chance in zip(years, chances, strict=True) if chance >= _RIVAL * max(chances)]
        newest = max(near)
        return [
            chance * _YEAR_OLDER ** max(newest - year, 0) if year else chance
            for chance, year in zip(chances, years, strict=True)
        ]

    def _standing(self, unit: Unit, *, past: bool) -> float:
        outdated = self.is_outdated(unit.hit.chunk.document) and not past
        return (_OUTDATED if outdated else 1.0) * (_EXAMPLE if unit.hit.properties.example else 1.0)

    def _year(self, unit: Unit) -> int:
        """The newest year that the unit tells of and that is not to come, 0 where none is known."""
        return dating(unit).newest(self._today)

    @staticmethod
    def asks_of_past(question: str) -> bool:
        """Whether what held before is asked for."""
        return bool(_PAST.search(question.lower()))

    @staticmethod
    def asks_of_today(question: str) -> bool:
        """Whether what holds now is asked for in words: «nå», «gjeldende»."""
        return bool(_PRESENT.search(question.lower()))

    def year_of(self, question: str) -> int | None:
        """The one year before this that a question is about, or None."""
        year = asked_year(question)
        return year if year and year < self._today.year and not self.asks_of_change(question) else None

    def _of_that_year(self, year: int, units: Sequence[Unit], chances: Sequence[float]) -> list[float]:
        """Where a unit likely enough is of the year asked for, those of other years give way.

        One in the passage of such a unit may be less likely: another row of the same table.
        """
        covers = [dating(unit).covers(year) for unit in units]
        least = _CONTRAST * max(chances)
        beside = {unit.hit.chunk.id for unit, chance in zip(units, chances, strict=True) if chance >= least}
        likely = [
            chance >= least or (chance >= _OTHER_YEAR * max(chances) and unit.hit.chunk.id in beside)
            for unit, chance in zip(units, chances, strict=True)
        ]
        if not any(cover and near for cover, near in zip(covers, likely, strict=True)):
            return list(chances)
        return [chance * (1.0 if cover else _ANOTHER_YEAR) for cover, chance in zip(covers, chances, strict=True)]

    def is_too_new(self, year: int, units: Sequence[Unit]) -> bool:
        """Whether none of the units tells of that year, and some tell of a later one."""
        told = [dating(unit) for unit in units]
        return not any(each.covers(year) for each in told) and any(each.newest(self._today) > year for each in told)


def _next_to(neighbour: re.Match[str], units: Sequence[Unit], chances: Sequence[float]) -> list[float]:
    """The chances, lowered for units whose people did not come next before or after the one who is named."""
    name, after = neighbour["name"].split()[-1], bool(neighbour["after"])
    terms_of_office = [
        (people(unit.readable), [(period.first, period.last) for period in dating(unit).periods]) for unit in units
    ]
    own = [period for who, held in terms_of_office for period in held if len(who) == 1 and name in next(iter(who))]
    if not own:
        return list(chances)
    border = max(last for _, last in own if last < _OPEN) if after and any(last < _OPEN for _, last in own) else None
    border = border if after else min(first for first, _ in own)
    if border is None:
        return list(chances)
    distances = [
        min((first - border if after else border - last for first, last in held), key=abs, default=_OPEN)
        if who and not all(name in each for each in who)
        else _OPEN
        for who, held in terms_of_office
    ]
    return [
        chance * (_YEARS_BETWEEN**distance if 0 <= distance < _OPEN else _NOT_NEXT)
        for chance, distance in zip(chances, distances, strict=True)
    ]
