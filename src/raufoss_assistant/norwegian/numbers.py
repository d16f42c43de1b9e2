"""Numbers as people write them: «5 000», «5.000,-», «fem tusen», «0,5 mill.», «en halv million»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

_FIGURES = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
_BETWEEN = re.compile(r"(?:\d|up) to \d", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f.,](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: text[start:end]; its value is already multiplied by the scale («mill.»).

    Example:
        >>> next(numbers("om 0,5 mill."))
        Number(value=500000.0, start=3, end=12, scale=1000000.0)
    """

    value: float
    start: int
    end: int
    scale: float = 1.0


def thousands(number: int) -> str:
    """A whole number as it is written in Norwegian, with narrow no-break spaces.

    Example:
        >>> thousands(4000)
        '4\u202f000'
    """
    return f"{number:,}".replace(",", "\u202f")


def numbers(text: str) -> Iterator[Number]:
    """Every number of a text in order, in figures or in words, with the scale that follows it.

    «en», «et» and «ei» are articles far oftener than numbers, and only count before a half or a scale.

    Example:
        >>> [number.value for number in numbers("0,5 mill. kr, tjuefem ansatte og halvannet år")]
        [500000.0, 25.0, 1.5]
    """
    lexicon = _lexicon()
    for match in lexicon.pattern.finditer(text):
        if match[0].strip().casefold() == "to" and _BETWEEN.search(text, max(match.start() - 3, 0), match.end() + 2):
            continue  # English
        value = lexicon.value(match)
        if value is not None:
            yield Number(value, match.start(), match.start() + len(match[0].rstrip()), lexicon.scale(match))


def spellings(number: float) -> list[str]:
    """A number as it may be written: in figures, and in words where it is one of the small ones.

    Example:
        >>> spellings(4)
        ['4', 'fire', 'four']
    """
    return [f"{number:g}", *(word for word, value in _lexicon().words.items() if value == number)]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    pattern: re.Pattern[str]
    words: dict[str, float]
    scales: dict[str, float]
    hundred: frozenset[str]

    def scale(self, match: re.Match[str]) -> float:
        """What the number is multiplied by."""
        return self.scales.get((match["scale"] or "").casefold(), 1.0)

    def value(self, match: re.Match[str]) -> float | None:
        """The number that a match of the pattern stands for, or None where it stands for none."""
        scale = self.scale(match)
        if match["figures"]:
            plain = _THOUSANDS.sub("", match["figures"])
            return float(plain.replace(",", ".")) * scale
        if match["halves"]:
            return (1.5 if match["more"] else 0.5) * scale
        if match["word"]:
            return self._spelt(match["word"].casefold()) * scale
        alone = match["scale"] and match["scale"].casefold() != "k"
        return scale if alone else None

    def _spelt(self, word: str) -> float:
        """«tjuefem», «femogtjue», «to hundre og femti»."""
        total = 0.0
        for part in re.findall(
            "|".join(sorted([*self.words, *self.hundred, "ein", "en"], key=len, reverse=True)), word
        ):
            if part in self.hundred:
                total = 100 * max(total, 1)
            else:
                total += self.words.get(part, 1)  # «tjueen»
        return total


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data: dict[str, Any] = yaml.safe_load(
        resources.files("raufoss_assistant.norwegian").joinpath("data/numbers.yaml").read_text("utf-8")
    )
    ones = {word: float(value) for value, words in data["ones"].items() for word in words.split()}
    tens = {word: float(value) for value, words in data["tens"].items() for word in words.split()}
    scales = {word: float(value) for value, words in data["scales"].items() for word in words.split()}
    hundred = data["hundred"].split()
    digits = _any(word for word in ones if ones[word] < 10)
    joined = rf"(?:{_any(tens)})(?:[ -]?(?:og )?(?:{digits})|ein|en)|(?:{digits}|en|ein)og(?:{_any(tens)})"
    small = rf"(?:{joined}|{_any({**tens, **ones})})"
    hundreds = rf"(?:(?:{_any(ones)}|et|eit|a)?[ -]?(?:{_any(hundred)})(?:(?: og| and)? ?{small})?)"
    halves = rf"(?P<more>{data['half_more']}|halvannet)|{data['half']}"
    pattern = re.compile(
        rf"(?<![\w,.])(?<![^\W\d_]-)(?:(?P<figures>{_FIGURES})|(?P<halves>{halves})|(?P<word>{hundreds}|{small})"
        rf"|(?:en|ein|et|eit|a)(?= ?(?:{_any(scales)})\b)|) ?(?P<scale>(?:{_any(scales)})(?!\w))?"
        r"(?!(?!kr\b|nok\b|mill)\w)",
        re.IGNORECASE,
    )
    return _Lexicon(pattern, {**ones, **tens}, scales, frozenset(hundred))


def _any(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]
