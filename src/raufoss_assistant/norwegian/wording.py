"""A question's function words as bokmål writes them, where they are spoken or nynorsk, and who asks left aside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from raufoss_assistant.norwegian.analyse import pairs

_WORD = re.compile(r"[^\W\d_]+")
_IS = re.compile(r"\b(hvem|hva|hvor|kor) e\b(?! ?\?)", re.IGNORECASE)
_WHERE = re.compile(r"\b(kor|hvor) hen\b", re.IGNORECASE)
_OF_WHAT = re.compile(
    r"\b((?:hva|kva) (?:er|betyr|tyder) .+?) for (?:noe|noko|nå|nåe|nokka|nåkka)(?=\W*$)", re.IGNORECASE
)
_JOINED = re.compile(
    r"\b(hvor|kor)(mange|mye|mykje|store?|stort|høye?|høyt|lenge|langt?|gammel|gammal|ofte|mang)\b", re.IGNORECASE
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?![\d,.]?\d))")
_SPOKEN = (
    (re.compile(r"\bva(?= (?:er?|koste?r?|heter|gjør|betyr|skjer|kan|har|vil|med)\b)", re.IGNORECASE), "hva"),
    (re.compile(r"\bva\b(?! ?\?)", re.IGNORECASE), "var"),
    (re.compile(r"\bå(?= (?:hva|hvem|hvor|når|hvordan|hvilke[nt]?)\b)"), "og"),
    (re.compile(r"(?<=[a-zæøå] )n\b"), "den"),
)
"""Short words that mean one thing or another by what stands around them."""
_ONE = dict.fromkeys(("jeg", "eg", "je", "vi"), "man")


def written(question: str) -> str:
    """A question with its function words written as bokmål writes them where they are written as they are spoken.

    Example:
        >>> written("Kem e sjef på katapulten, og kor hen ligg den?")
        'Hvem er sjef på katapulten, og kor ligg den?'
    """
    apart = _THOUSANDS.sub("\u00a0", _JOINED.sub(r"\1 \2", question))
    said = _IS.sub(r"\1 er", _replaced(_WHERE.sub(r"\1", apart), _spoken()))
    for spoken, word in _SPOKEN:
        said = spoken.sub(word, said)
    return _OF_WHAT.sub(r"\1", said)


def plainly(question: str) -> str:
    """A question as it would be asked in bokmål by nobody in particular.

    Example:
        >>> plainly("Korleis blir eg praksiskandidat?")
        'Hvordan blir man praksiskandidat?'
    """
    return _replaced(question, _bokmal())


def _replaced(text: str, words: Mapping[str, str]) -> str:
    """A text with those words as others, a capital kept; a word in capitals alone is an abbreviation."""

    def other(match: re.Match[str]) -> str:
        word = match[0]
        found = words.get(word.lower())
        if found is None or (word.isupper() and len(word) > 1):
            return word
        return found.capitalize() if word[0].isupper() else found

    return _WORD.sub(other, text)


@lru_cache(maxsize=1)
def _spoken() -> dict[str, str]:
    return dict(pairs("spoken.txt"))


@lru_cache(maxsize=1)
def _bokmal() -> dict[str, str]:
    return {**dict(pairs("nynorsk.txt")), **dict(pairs("nynorsk_short.txt")), **_ONE}
