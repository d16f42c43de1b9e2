"""What a message of a conversation asks, as it would be asked by itself and as the documents write it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from raufoss_assistant.model import Document, Hit, Record, Turn
from raufoss_assistant.retrieval.aliases import Aliases
from raufoss_assistant.retrieval.glossing import Glosses
from raufoss_assistant.retrieval.namesakes import Namesakes
from raufoss_assistant.retrieval.parts import parts
from raufoss_assistant.retrieval.query import Query, search_query
from raufoss_assistant.retrieval.spelling import Spelling
from raufoss_assistant.retrieval.topics import Topics


class Understanding:
    """Reads messages by the names, the words and the tables of a collection; each part is made when first needed.

    Example:
        >>> understanding = Understanding(documents, records)
        >>> understanding.query("og naar er fristen?", [Turn("user", "Hva er SkatteFUNN?")]).text
        'SkatteFUNN: når er fristen?'
    """

    def __init__(self, documents: Sequence[Document], records: Sequence[Record]) -> None:
        self._documents = documents
        self._records = records

    @cached_property
    def topics(self) -> Topics:
        """What tells the subject of a text from the rest of it."""
        return Topics.of(self._documents, self._records)

    def _texts(self) -> Iterator[str]:
        return (page.text for document in self._documents for page in document.pages)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self._texts())

    @cached_property
    def _aliases(self) -> Aliases:
        return Aliases.of(self._documents)

    @cached_property
    def _glosses(self) -> Glosses:
        return Glosses.of(self._documents)

    @cached_property
    def _namesakes(self) -> Namesakes:
        return Namesakes(self._texts(), self.topics)

    def choices(self, question: str, hits: Sequence[Hit]) -> tuple[str, ...]:
        """What a question may mean where a word of it is part of several names and what is found is split."""
        return self._namesakes.meant(question, hits)

    def names(self, question: str) -> tuple[str, ...]:
        """The names in a question, as it writes them."""
        return tuple(question[span.start : span.end] for span in self.topics.names(question))

    def spelt(self, message: str) -> str:
        """A message with its words as the documents write them."""
        return self._spelling.mended(message)

    def named(self, question: str) -> str:
        """A question with today's names beside earlier ones and nicknames."""
        return self._aliases.told(question)

    def glossed(self, question: str) -> str:
        """An English question word for word in bokmål, its names as they are."""
        return self._glosses.told(question, self.names(question))

    def other_names(self, question: str) -> list[tuple[str, str]]:
        """Earlier names and nicknames in a question, each with today's name."""
        return self._aliases.used(question)

    def today(self, question: str) -> str:
        """A question as it reads with today's names alone."""
        return self._aliases.today(question)

    def query(self, message: str, history: Sequence[Turn]) -> Query:
        """What a message asks after what was said before; its later questions are read with its first one."""
        spelt = self.spelt(message).strip()
        if not history:
            return Query(spelt)
        first, *others = parts(spelt)
        rest = spelt.partition(first.rstrip("?"))[2] if others else ""
        query = search_query(first if others else spelt, history, self.topics)
        if not rest:
            return query
        otherwise = query.otherwise and f"{query.otherwise.rstrip(' ?.!')}{rest}"
        return Query(f"{query.text.rstrip(' ?.!')}{rest}", otherwise)
