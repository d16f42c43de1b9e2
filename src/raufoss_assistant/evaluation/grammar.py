"""What a language needs for questions to be made of its statements: words, verbs, and how each question is worded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

from raufoss_assistant.model import Language

_FIGURES = {"en": r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"}
_NORWEGIAN_FIGURES = r"\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?"


Sought = Literal["money", "number", "when", "items", "names", "meaning", "words"]
"""What answers a question: a sum, a number, a time, items of a list, a name, a word's meaning, or other words."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A heading or field of a table that is known.

    Attributes:
        pattern: of its name.
        ask: wording of the question that it answers, with {t} for what it is about.
        sought: what answers it.
    """

    pattern: re.Pattern[str]
    ask: str
    sought: Sought


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of a language.

    Attributes:
        ask: wording of each kind of question.
        captions: known headings and fields of tables.
        verbs: what of a verb stands before and after the subject of a question, by the verb.
        words: sets of words by name: stops, pronouns, events, who.
        patterns: patterns by name, see `data/suggest.yaml`; beside them verb, number, date and day.
        said: what is said of a name, by the kind of question that it answers.

    Example:
        >>> Grammar.of("en").verbs["covers"]
        ('does', 'cover')
    """

    ask: Mapping[str, str]
    captions: tuple[Caption, ...]
    verbs: Mapping[str, tuple[str, str]]
    words: Mapping[str, frozenset[str]]
    patterns: Mapping[str, str]
    said: Mapping[str, str]

    @classmethod
    @lru_cache(maxsize=3)
    def of(cls, language: Language) -> Grammar:
        """Read the grammar of a language."""
        text = resources.files("raufoss_assistant.evaluation").joinpath("data/suggest.yaml").read_text("utf-8")
        data: dict[str, Any] = yaml.safe_load(text)[language]
        verbs = data.pop("verbs")
        forms = {verb: (verb, "") for verb in verbs.split()} if isinstance(verbs, str) else _supported(verbs)
        words = {name: frozenset(data.pop(name).split()) for name in ("stops", "pronouns", "events", "who")}
        patterns = {name: re.sub(r"\|\s+", "|", value) for name, value in data.items() if isinstance(value, str)}
        day = rf"\d{{1,2}}\.? (?:{patterns['months']})(?: \d{{4}})?(?!\d)"
        return cls(
            data["ask"],
            tuple(
                Caption(re.compile(name, re.IGNORECASE), ask, sought)
                for sought, captions in data["captions"].items()
                for name, ask in captions.items()
            ),
            forms,
            words,
            patterns
            | {
                "verb": "|".join(sorted(forms, key=len, reverse=True)),
                "number": rf"(?:{_FIGURES.get(language, _NORWEGIAN_FIGURES)}|(?:{patterns['numbers']})\b)",
                "day": day,
                "date": rf"(?:{day}|(?:{patterns['months']}|{patterns['seasons']}) \d{{4}}|(?:1[89]|20)\d\d)(?![\d–-])",
            },
            data["said"],
        )

    def question(self, name: str, **parts: str) -> str:
        """A question of that kind, made of its parts; parts that are not given are left out.

        Example:
            >>> Grammar.of("nb").question("when", v="åpnet", s="MTNC")
            'Når åpnet MTNC?'
        """
        blank = dict.fromkeys("nvswmr", "")
        text = " ".join(self.ask[name].format(**blank | parts).split())
        return text.replace(" ?", "?")

    @property
    def inverts(self) -> bool:
        """Whether the verb itself goes in front of the subject in a question, as in the Scandinavian languages."""
        return not any(after for _, after in self.verbs.values())

    def absent(self, text: str) -> bool:
        """Whether a text says that something is not known."""
        return re.search(self.patterns["absent"], text, re.IGNORECASE) is not None

    def caption(self, name: str) -> Caption | None:
        """The known heading or field of this name, or None."""
        bare = " ".join(name.rstrip("?: ").split())
        return next((caption for caption in self.captions if caption.pattern.fullmatch(bare)), None)

    def nouns(self, text: str) -> list[str]:
        """The words that a text begins with, up to the first that belongs to something else; at most three.

        Example:
            >>> Grammar.of("nb").nouns("kvalifiserte søkere til ordningen")
            ['kvalifiserte', 'søkere']
        """
        nouns: list[str] = []
        for word in text.split()[:3]:
            common = re.fullmatch(r"[a-zæøå][\w-]*", word) and not self.matches("sizes", word)
            if not common or word in self.words["stops"] or word in self.verbs:
                break
            nouns.append(word)
        return nouns

    def matches(self, name: str, text: str) -> bool:
        """Whether a whole text fits the pattern of that name; letter case does not count."""
        return re.fullmatch(self.patterns[name], text, re.IGNORECASE) is not None


def _supported(verbs: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Verbs that need «do» in a question: «covers» becomes «does … cover»."""
    return {verb: (form.partition(" ")[0], form.partition(" ")[2]) for verb, form in verbs.items()}
