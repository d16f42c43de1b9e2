"""What kind of thing a question asks for, and whether a sentence holds such a thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["amount", "money", "time", "person", "place", "other"]

_QUESTIONS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "money",
        re.compile(
            r"\b(?:hva|kva|hvor mye|kor mykje|how much)\b.{0,40}"
            r"\b(?:koster?|kostar|betale[rn]?|tjener?|tener|får vi|får me|cost)\b"
            r"|\b\w*(?:pris|lønn|løn|beløp|sats|honorar|avgift|kostnad)(?:en|er|ene|a|et)?\b|\bprice\b|\bsalary\b"
        ),
    ),
    (
        "amount",
        re.compile(
            r"\b(?:hvor|kor) (?:mange|mye|mykje|stor|store|stort|lang|langt|lenge|høy|høg|høyt|gammel|gammal|langt"
            r"|tung\w*|nøyaktig\w*)\b|\bhow (?:many|much|big|large|long|far|old|high|heavy|accurate|precise)\b"
            r"|\b(?:antall|talet på|prosent)\b"
        ),
    ),
    ("time", re.compile(r"\b(?:når|hvilket år|kva år|hvilken dato|kva dato|hvilke år|when|what year|frist(?:en)?)\b")),
    ("person", re.compile(r"\b(?:hvem|kven|who|hvis)\b")),
    ("place", re.compile(r"\b(?:hvor|kor|where)\b(?! (?:ofte|tidlig|tidleg|kommer|kjem))")),
)
_DEMANDS = re.compile(
    r"\b(?:hvor|kor) (?:mange|mye|mykje|tung\w*|nøyaktig\w*)\b|\bhow (?:many|much|heavy|accurate|precise)\b"
    r"|\b(?:hva|kva|ka)\b.{0,30}\b(?:koster?|kostar)\b"
    r"|\b(?:hva|kva) er (?:prisen?|satsen)\b|\bwhat (?:does|do|is)\b.{0,30}\b(?:costs?|price)\b"
)
"""What only a number answers."""
_PRICE = re.compile(
    r"\b(?:kost(?:er?|ar|et|a)|\w*pris\w*|betale?r?|avgift\w*|kontingent\w*|costs?|price\w*|pay|fees?)\b", re.I
)
_NO_PRICE = re.compile(
    r"\b(?:omset\w*|omsatt\w*|turnover|revenue|invester\w*|invest(?:ed|ment)\w*|eksporter\w*|tildel\w*|bevilg\w*|løyv\w*)\b",
    re.I,
)
"""Begins what tells of a sum that nobody is charged."""
_BESIDE = re.compile(
    r"\b(?:og|and)\s+(?:(?:fra|frå|siden|sidan|til|since|from|until)\s+)?"
    r"(?P<asked>når|(?:hvilket|kva|which|what) (?:år|year)(?: (?:was|is|var|er) (?:it|that|det))?|hvem|kven"
    r"|(?:hvor|kor)(?: mye| mykje| mange)?|when|who|where|how (?:much|many))\s*[?.!]*\s*$",
    re.I,
)
"""Ends a question that asks one thing more of the same: «…, og når?»."""
_NUMBER_WORD = (
    r"\b(?:én|ett|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tjue|tretti|førti|femti|hundre|tusen|halvparten"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|half)\b"
)
_HOLDS: dict[Kind, re.Pattern[str]] = {
    "money": re.compile(
        r"\d[\d \u00a0.,]*(?:mill|mrd|milliard|kr\b|kroner|nok\b|euro|dollar|prosent|%|,-)"
        r"|\b(?:kr|nok|usd|eur)\.? ?\d|gratis|uten kostnad",
        re.I,
    ),
    "amount": re.compile(rf"\d|{_NUMBER_WORD}", re.I),
    "time": re.compile(
        r"\b(?:1[0-9]|20)\d\d\b|\b\d{1,2}\.? (?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|okt|oct|nov|des|dec)"
        r"|\b(?:høst|vår|sommer|vinter|haust|autumn|spring|året|dag|måned|månad|uke|veke|århundre|løpende|til vanlig)",
        re.I,
    ),
    "person": re.compile(r"\b[A-ZÆØÅ][\w.-]+ (?:[A-ZÆØÅ][\w.-]+ ?)+|\b[A-ZÆØÅ]{2,}\b|(?<!^)\b[A-ZÆØÅ][a-zæøå]+"),
    "place": re.compile(r"(?<!^)\b[A-ZÆØÅ][a-zæøå]+|\b(?:nord|sør|øst|vest|ved|utenfor|utanfor|sentrum|bygning)\b"),
}


@dataclass(frozen=True, slots=True)
class Expectation:
    """The kind of thing asked for.

    Example:
        >>> expectation = Expectation.of("Hvor mange bedrifter er med?")
        >>> expectation.kind, expectation.met_by("Rundt 60 bedrifter er med.")
        ('amount', True)
    """

    kind: Kind
    demanded: bool = False
    price: bool = False

    @classmethod
    def of(cls, question: str) -> Expectation:
        """Read it from the question's words; "other" where they do not tell, `demanded` where only a number answers.

        `price` says that it is asked what something costs.
        """
        lowered = question.lower()
        kind: Kind = next((kind for kind, pattern in _QUESTIONS if pattern.search(lowered)), "other")
        return cls(kind, bool(_DEMANDS.search(lowered)), kind == "money" and bool(_PRICE.search(lowered)))

    @classmethod
    def beside(cls, question: str) -> Expectation | None:
        """What is asked for in a last word besides the rest, or None.

        Example:
            >>> Expectation.beside("Hva heter høgskolen nå, og fra når?").kind
            'time'
        """
        found = _BESIDE.search(question)
        return cls.of(found["asked"]) if found else None

    def met_by(self, sentence: str) -> bool:
        """Whether the sentence holds something of that kind; True for "other"."""
        if self.price and _NO_PRICE.search(sentence) and not _PRICE.search(sentence):
            return False
        return self.kind == "other" or bool(_HOLDS[self.kind].search(sentence))
