"""What is searched for: the question itself, or a follow-up as it would be asked by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.catalogue.asked import places
from raufoss_assistant.model import Turn
from raufoss_assistant.norwegian.analyse import stop_words, words
from raufoss_assistant.norwegian.language import detect
from raufoss_assistant.retrieval.offered import offered
from raufoss_assistant.retrieval.topics import Topics

_FRAGMENT = 5
"""Words up to which a message without a verb of asking is a fragment."""
_ARTICLE = re.compile(r"^(?:en|ei|ein|et|eit|a|an|the)\s+", re.IGNORECASE)
_FULL = 3
"""Telling words above which a question stands alone."""
_OF_THEM = re.compile(r"\s+(?:av|of) (?:dem|dei|de|disse|desse|them|these|those)\b", re.IGNORECASE)
_PLACE_AT = re.compile(r"\b(?:i|på|ved|in|at) (\w+)", re.IGNORECASE)
_MORE_AT_MOST = 10
"""Words of a message that asks for more of the same."""
_CHOOSES = 3
"""Words up to which a message only chooses."""
_LONGEST = 1000
"""Characters of a question that is made of several."""
WHAT_IS = {"nb": "Hva er {}?", "nn": "Kva er {}?", "en": "What is {}?"}


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of follow_up.yaml, compiled; see there."""

    opening: re.Pattern[str]
    goes_on: re.Pattern[str]
    definition: re.Pattern[str]
    takes_part: re.Pattern[str]
    more: frozenset[str]
    beside_more: frozenset[str]
    swap: re.Pattern[str]
    of_another: re.Pattern[str]
    pronoun: re.Pattern[str]
    possessive: re.Pattern[str]
    empty: re.Pattern[str]
    narrowing: re.Pattern[str]
    ordinals: Mapping[int, re.Pattern[str]]


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """The patterns of follow_up.yaml."""
    raw = yaml.safe_load(
        resources.files("raufoss_assistant.retrieval").joinpath("data/follow_up.yaml").read_text("utf-8")
    )
    single = (
        "opening",
        "goes_on",
        "definition",
        "takes_part",
        "swap",
        "of_another",
        "pronoun",
        "possessive",
        "empty",
        "narrowing",
    )
    return Patterns(
        **{name: re.compile(raw[name], re.I) for name in single},
        more=frozenset(raw["more"].split()),
        beside_more=frozenset(raw["beside_more"].split()),
        ordinals={
            int(n): re.compile(rf"\b(?:{pattern})(?= av\b| of\b|\W*$)|^(?:{raw['alone'][n]})\W*$", re.I)
            for n, pattern in raw["ordinals"].items()
        },
    )


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it would be asked by itself.

    Attributes:
        text: likeliest.
        otherwise: what else it may mean, where only what is found can tell, or None.
    """

    text: str
    otherwise: str | None = None


def search_query(question: str, history: Sequence[Turn], topics: Topics) -> Query:
    """The question as it would be asked by itself.

    What stands alone is left as it is. A pronoun is replaced by what the conversation is about; a fragment is put after
    it; «hva med X?» asks the last question of X; «den andre» is the second of what was named.

    Example:
        >>> search_query("Og når er fristen?", [Turn("user", "Hva er SkatteFUNN?")], topics).text
        'SkatteFUNN: når er fristen?'
    """
    conversation = _Conversation(topics)
    said = ""
    for turn in history:
        if turn.role != "user":
            said = turn.content
        elif turn.content.strip():
            conversation.hears(turn.content, said)
    return conversation.understood(" ".join(question.split()), said)


class _Conversation:
    """What was asked so far, each question as it would be asked by itself."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self._last: str | None = None
        self._subject: str | None = None

    def hears(self, question: str, said: str) -> None:
        """Take in a question of the user; said is what the assistant answered to the one before."""
        meant = self.understood(" ".join(question.split()), said).text[:_LONGEST]
        subject = self._topics.about(meant)
        defined = patterns().definition.match(meant)
        if subject is None and defined and (own := self._topics.content(meant[defined.end() :])):
            subject = meant[defined.end() + own[0].start : defined.end() + own[-1].end]
        if subject or self._last is None:
            self._last, self._subject = meant, subject or self._subject

    def understood(self, question: str, said: str) -> Query:
        """The question as it would be asked by itself."""
        if self._last is None:
            return Query(question)
        asks = patterns()
        subject = self._subject or self._answered(said)
        more = subject or self._last if _asks_for_more(question) else None
        if chosen := self._choice(question, said) or more:
            return Query(chosen)
        asked = asks.opening.sub("", question).strip() or question
        if swapped := self._of_another(asked, subject):
            return Query(swapped)
        if self._topics.names(asked):
            return Query(self._named(asked, question, subject))
        stripped = asks.goes_on.sub("", asked).strip() or asked
        if asks.narrowing.match(stripped) and len(stripped.split()) <= _FRAGMENT:
            return Query(self._narrowed(stripped))
        return self._unnamed(question, stripped, subject, goes_on=stripped != asked)

    def _of_another(self, asked: str, subject: str | None) -> str | None:
        """The last question of another, where that is asked: «hva med X?», «hva er det for X?»; else None."""
        asks = patterns()
        if swap := asks.swap.match(asked):
            return self._swapped(asked[swap.end() :].strip(" ?.!"), subject)
        other = asks.of_another.match(asked)
        if other and self._last and self._subject and self._subject in self._last:
            return self._last.replace(self._subject, _ARTICLE.sub("", asked[other.end() :].strip(" ?.!")), 1)
        return None

    def _unnamed(self, question: str, stripped: str, subject: str | None, *, goes_on: bool) -> Query:
        """A question that names nothing: it leans on the subject, stands alone, or what is found must tell."""
        asks = patterns()
        own = self._topics.content(stripped)
        without = asks.empty.sub(" ", stripped) if own else stripped
        leaning = self._with_subject(stripped, subject) if subject else f"{self._last} {question}"
        if asks.pronoun.search(without) or asks.possessive.search(stripped) or not own:
            return Query(leaning)
        if asks.definition.match(stripped) or len(own) > _FULL:
            return Query(question)
        return Query(leaning, question) if goes_on else Query(question, leaning)

    def _with_subject(self, question: str, subject: str) -> str:
        """Its pronoun replaced by the subject, else the subject before it."""
        asks = patterns()
        found = asks.pronoun.search(question)
        if found and not asks.empty.search(question):
            after = words(question[found.end() :])
            ends = question[found.end() :].lstrip()[:1] in ("", "?", ".", "!", ",")
            if ends or (after and after[0] in stop_words()) or found[0].casefold() in ("it", "they", "them"):
                return f"{question[: found.start()]}{subject}{question[found.end() :]}"
        return f"{subject}: {question}"

    def _named(self, asked: str, question: str, subject: str | None) -> str:
        """A question with a name of its own; «den» beside it is the subject, and so is what it does not say."""
        joint = re.search(
            r"\b(?:på|mellom|og|enn|med|av|between|and|than|with)\s+(den|det|dette|it|this|that)\b(?!\s+\w+(?:en|et|a)\b)",
            question,
            re.I,
        )
        if joint and subject and not patterns().empty.search(question):
            return f"{question[: joint.start(1)]}{subject}{question[joint.end(1) :]}"
        if subject and patterns().takes_part.search(asked):
            return f"{subject}: {asked}"
        return question

    def _swapped(self, new: str, subject: str | None) -> str:
        """The last question, asked of something else."""
        assert self._last is not None
        name, _, rest = new.partition(", ")
        if words(rest):
            narrowing = patterns().narrowing.match(new)
            return f"{subject or self._last}: {new}?" if narrowing else self._with_subject(rest, name)
        if patterns().narrowing.match(new):
            return self._narrowed(new)
        names = self._topics.names(self._last)
        if self._topics.names(new) and len(names) == 1:
            return f"{self._last[: names[0].start]}{new}{self._last[names[0].end :]}"
        if not self._topics.about(new) and subject:
            return f"{subject}: {new}?"
        about = subject if subject and subject in self._last else None
        if about and (self._topics.names(new) or patterns().definition.match(self._last)):
            return self._last.replace(about, _ARTICLE.sub("", new), 1)
        return f"{self._last} {new}?"

    def _narrowed(self, phrase: str) -> str:
        assert self._last is not None
        last = self._last.rstrip(" ?.!")
        new, old = _PLACE_AT.search(phrase), _PLACE_AT.search(last)
        if new and old and {new[1].casefold(), old[1].casefold()} <= places().keys():
            return f"{last[: old.start()]}{phrase.rstrip(' ?.!')}{last[old.end() :]}?"
        return f"{last} {phrase.rstrip(' ?.!')}?"

    def _choice(self, question: str, said: str) -> str | None:
        """The question about the one that is chosen of what was named, or None."""
        choices = self._offered(said)
        wanted = question.strip(" ?.!").casefold()
        meant = [item for item in choices if item.endswith("?") and wanted in item.casefold()]
        if wanted and len(meant) == 1:
            return meant[0]
        for n, pattern in patterns().ordinals.items():
            found = pattern.search(question)
            if found and len(choices) > 1 and n <= len(choices):
                chosen = choices[n - 1 if n > 0 else n]
                if chosen.endswith("?"):
                    return chosen
                if len(words(question)) <= _CHOOSES:
                    return WHAT_IS[detect(question, detect(self._last or ""))].format(chosen)
                rest = _OF_THEM.sub("", question[found.end() :], count=1)
                return f"{question[: found.start()]}{chosen}{rest}"
        return None

    def _offered(self, said: str) -> list[str]:
        """What the last question named side by side, else what the answer puts side by side."""
        last = self._last or ""
        names = [last[span.start : span.end] for span in self._topics.names(last)]
        return names if len(names) > 1 else offered(said)

    def _answered(self, said: str) -> str | None:
        """What the answer names first; None where it puts things side by side."""
        names = [] if offered(said) else self._topics.names(said)
        return said[names[0].start : names[0].end] if names else None


def _asks_for_more(message: str) -> bool:
    """Whether a message asks for nothing but more of the same: «ja, gjerne», «fortell mer om det»."""
    asks, said = patterns(), words(message)
    return len(said) <= _MORE_AT_MOST and not asks.more.isdisjoint(said) and asks.more | asks.beside_more >= set(said)
