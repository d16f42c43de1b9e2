"""Answers in a language model's own words, each sentence checked before it is shown; else the documents' own."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from raufoss_assistant.answering import phrases
from raufoss_assistant.answering.citations import stands
from raufoss_assistant.answering.currency import Currency
from raufoss_assistant.answering.prompt import note, prompt
from raufoss_assistant.answering.units import Unit, same_words
from raufoss_assistant.answering.verification import LONGEST, Verifier
from raufoss_assistant.errors import LanguageModelError
from raufoss_assistant.index.store import Index
from raufoss_assistant.language_model.client import LanguageModel
from raufoss_assistant.language_model.reply import Reply
from raufoss_assistant.model import Answer, Citation, Hit, Question
from raufoss_assistant.norwegian.sentences import sentences
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.settings import Settings
from raufoss_assistant.stages import Generation, Stage, Told

_MOST = 6
"""Sentences shown."""
_MOST_FAILED = 8
"""Sentences in all that may fail before the model is stopped."""
_MARKS = re.compile(r"(?:\s*\[[\d,\s]{1,30}\])+")
_BEGUN = re.compile(r"(?:\s*\[[\d,\s]{0,30}\]?)+")
_UNPROVEN = "Språkmodellen skrev ingenting som kunne kontrolleres mot kildene."
_ASIDE = "Språkmodellen skrev om noe annet enn det beste sitatet."
_OVERLONG = "Språkmodellen skrev en setning uten slutt."

_log = logging.getLogger(__name__)


class Generative:
    """Rewrites an extractive answer with a language model that may say only what the passages say.

    Example:
        >>> Generative(model, index, settings).answer(question, hits, extractive, untold).responder
        'generative'
    """

    def __init__(self, model: LanguageModel, index: Index, settings: Settings) -> None:
        self._model = model
        self._index = index
        self._tokens = settings.llm_context - settings.llm_max_tokens
        self._currency = Currency(index.properties)

    def answer(self, question: Question, hits: Sequence[Hit], extractive: Answer, told: Told) -> Answer:
        """The answer in own words, or the extractive one with a note that the model gave nothing that can be used.

        What is outdated is not given to the model; a question of what has changed is left to the extractive answer.
        """
        current = [hit for hit in hits if not self._currency.is_outdated(hit.chunk.document)]
        asked = prompt(question, current, self._tokens)
        if not asked.passages or self._currency.asks_of_change(question.meant):
            return extractive
        draft, verifier = _Draft(), Verifier(asked.passages, question.language, question.meant)
        reply: Reply | None = None
        try:
            with self._model.stream(asked.system, asked.user) as reply:
                fault = self._read(reply, verifier, draft, question, told)
        except LanguageModelError as error:
            fault = str(error)
        fault = fault or _useless(draft, extractive)
        generation = _generation(reply, draft, fault)
        _log.info("%s", generation)
        if fault is not None:
            text = f"{extractive.text}\n\n*{note(question.language)}*"
            return replace(extractive, text=text, generation=generation)
        citations = tuple(
            Citation(n, unit.hit.chunk, unit.hit.properties, unit.quote, None, extractive.confidence)
            for n, unit in enumerate(draft.support, 1)
        )
        return replace(
            extractive, text="\n\n".join(draft.told), responder="generative", citations=citations, generation=generation
        )

    def _read(self, reply: Reply, verifier: Verifier, draft: _Draft, question: Question, told: Told) -> str | None:
        """Take the sentences as they come; why nothing of them may be used, or None."""
        stage = Stage(question.meant, 0, stop=reply.close)
        told(stage)
        for sentence in whole_sentences(reply):
            if len(sentence) > LONGEST:
                return _OVERLONG
            if self._take(sentence, verifier, draft, question):
                told(replace(stage, released=tuple(draft.told)))
            if len(draft.told) >= _MOST or draft.dropped + draft.replaced >= _MOST_FAILED:
                break
        return None

    def _take(self, sentence: str, verifier: Verifier, draft: _Draft, question: Question) -> bool:
        """Put the sentence, or what stands in for it, in the draft; False where it is dropped."""
        verdict = verifier.check(sentence)
        unit = verdict.support
        text = verdict.text or (unit.readable if unit else "")
        if unit is None or draft.has(text, unit, own=bool(verdict.text)) or not self._proven(unit):
            draft.dropped += 1
            return False
        if unit not in draft.support:
            draft.support.append(unit)
        outdated = self._currency.is_outdated(unit.hit.chunk.document)
        n = draft.support.index(unit) + 1
        draft.told.append(phrases.claim(text, n, unit.hit.properties, question.language, outdated=outdated))
        draft.texts.append(text)
        draft.own += bool(verdict.text)
        draft.replaced += not verdict.text
        return True

    def _proven(self, unit: Unit) -> bool:
        return stands(unit.quote, unit.hit.chunk, self._index.manifest)


def _useless(draft: _Draft, extractive: Answer) -> str | None:
    """Why a reply that was read to its end is not used, or None."""
    if not draft.own:
        return _UNPROVEN
    best = extractive.citations[0].chunk.id
    return None if any(unit.hit.chunk.id == best for unit in draft.support) else _ASIDE


def _generation(reply: Reply | None, draft: _Draft, fault: str | None) -> Generation:
    """What the reply cost and came to; nothing of it is shown where there is a fault."""
    used = fault is None
    counts = (draft.own * used, draft.replaced * used, draft.dropped)
    if reply is None:
        return Generation(0, 0, None, *counts, fault)
    usage = reply.usage
    first = usage.first_token_ms
    return Generation(usage.tokens_in, usage.tokens_out, None if first is None else round(first, 1), *counts, fault)


@dataclass(slots=True)
class _Draft:
    """What is to be shown so far: sentences as Markdown, their plain texts, what each rests on, and counts."""

    told: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    support: list[Unit] = field(default_factory=list)
    own: int = 0
    replaced: int = 0
    dropped: int = 0

    def has(self, text: str, unit: Unit, *, own: bool) -> bool:
        """Whether the same is told already; a quoted sentence is told once at most."""
        return any(same_words(text, each) for each in self.texts) or (not own and unit in self.support)


def whole_sentences(pieces: Iterable[str]) -> Iterator[str]:
    """The sentences of a text that comes piece by piece, each when it is whole and its citations have come.

    Citations after a full stop belong to the sentence before it. What has no end at the end is left out; what is far
    too long for a sentence is given as it is.

    Example:
        >>> list(whole_sentences(["Oslo er st", "or. [", "1] Bergen ligger", " vest [2]. Og"]))
        ['Oslo er stor. [1]', 'Bergen ligger vest [2].']
    """
    held = ""
    for piece in pieces:
        held += piece
        if len(held) <= LONGEST and not re.search(r"[.!?…\]\n\s]", piece):
            continue
        found, held = _cut(held)
        yield from found
        if len(held) > LONGEST:
            yield held
            return
    found, _ = _cut(f"{held}\n\nX")
    yield from (sentence for sentence in found if sentence.endswith((".", "!", "?", "…", "]")))


def _cut(text: str) -> tuple[list[str], str]:
    """The sentences that are whole, and what is left."""
    text = normalise(text.lstrip()) + (" " if text[-1:].isspace() else "")
    found: list[str] = []
    place = 0
    for _, end in sentences(text):
        start = place
        marks = _MARKS.match(text, end)
        after = marks.end() if marks else end
        following = text[after:].lstrip()
        if not following or (_BEGUN.match(following) and following[0] == "["):
            break
        if text[start:end].endswith((".", "!", "?", "…", "\n")) or marks or "\n" in text[end : end + 2]:
            if start < end:
                found.append(text[start:after].strip())
            place = after
    return found, text[place:]
