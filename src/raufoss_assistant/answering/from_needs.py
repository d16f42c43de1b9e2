"""What fits a need, why, what does not, a first step and whom to contact; each with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from raufoss_assistant.answering.phrases import literal
from raufoss_assistant.answering.record_phrases import enumerated, say
from raufoss_assistant.answering.table import Sources, brief
from raufoss_assistant.catalogue.needs import Needs
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Answer, Language, Question, Record, RecordType, Statement
from raufoss_assistant.retrieval.matcher import Match, Matching

SHOWN = 5
LEAST = 0.12
"""Chance below which a record is not shown."""
TEMPTING = 3
"""Ruled-out records that are named, where they would have been among those shown."""
_FACTS = {
    "service": ("price", "duration"),
    "course": ("form", "place"),
    "funding": ("share", "amount", "deadline"),
    "organisation": ("place",),
}


class FromNeeds:
    """Answers needs.

    Example:
        >>> FromNeeds(manifest).answer(Question(need, need, "nb"), matching).records[0].id
        'sveising'
    """

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest

    def answer(self, need: Question, matching: Matching) -> Answer:
        """The matches by kind, that of the best first; what was ruled out; what to do first; what to ask back."""
        language, sources = need.language, Sources(self._manifest)
        shown = shown_of(matching)
        parts = [_understood(matching.needs, language)]
        groups: dict[RecordType, list[Match]] = {}
        for each in shown:
            groups.setdefault(each.record.type, []).append(each)
        number = count(1)
        for type_, matches in groups.items():
            parts.append(f"**{schema(type_).nouns[language][len(matches) > 1].capitalize()}**")
            parts.append("\n".join(self._match(next(number), each, sources, language) for each in matches))
        ruled_out = _tempting(matching, shown)
        if not shown:
            parts.append(say("nothing", language))
        if ruled_out:
            lines = [f"- {literal(each.record.name)}: {_wrong(each, sources)}" for each in ruled_out]
            parts += [f"**{say('ruled_out', language)}**", "\n".join(lines)]
        if shown and (step := self._step(shown[0].record, sources, language)):
            parts.append(step)
        if matching.ask:
            parts.append(say(f"ask_{matching.ask}", language))
        if any(each.record.example for each in (*shown, *ruled_out)):
            parts.insert(0, say("example", language))
        return Answer(
            question=need.text,
            search_query=need.meant,
            status="answered" if sources.citations else "not_found",
            text="\n\n".join(filter(None, parts)),
            language=language,
            responder="extractive",
            confidence=shown[0].score if shown else ruled_out[0].score,
            citations=tuple(sources.citations),
            records=tuple(each.record for each in shown),
        )

    def _match(self, number: int, match: Match, sources: Sources, language: Language) -> str:
        record = match.record
        told = match.reasons[0][1] if match.reasons else record.said("about") or record.said("target")
        about = told or record.statements[0]
        label = "" if told else f"{_label(record, about, language)}: "
        lines = [f"{number}. **{literal(record.name)}**: {label}{literal(brief(about))}{sources.marks([about])}"]
        facts = [said for key in _FACTS[record.type] if (said := record.said(key)) and said.value]
        target = record.said("target")
        if target and target is not about:
            lines.append(f"   - {_label(record, target, language)}: {literal(brief(target))}{sources.marks([target])}")
        lines += [
            f"   - {_label(record, each, language)}: {literal(brief(each))}{sources.marks([each])}" for each in facts
        ]
        if match.misfits:
            lines.append(f"   - {say('note', language)}: {_wrong(match, sources)}")
        return "\n".join(lines)

    def _step(self, record: Record, sources: Sources, language: Language) -> str | None:
        """Whom to turn to for the best match, by role, or how to apply."""
        for field in ("contact", "apply"):
            if said := record.said(field):
                return f"**{say('step', language)}** {literal(brief(said))}{sources.marks([said])}"
        return None


def shown_of(matching: Matching) -> Sequence[Match]:
    """The matches that are shown: those that are likely to be of use; where none is nor is ruled out, the best."""
    likely = [each for each in matching.matches[:SHOWN] if each.score >= LEAST]
    return likely or ([] if worth_telling(matching) else list(matching.matches[:1]))


def worth_telling(matching: Matching) -> bool:
    """Whether something is likely to be of use, or would be but for a hard limit."""
    return any(each.score >= LEAST for each in (*matching.matches[:1], *matching.excluded[:1]))


def _tempting(matching: Matching, shown: Sequence[Match]) -> list[Match]:
    """What would have been shown, had no hard limit ruled it out."""
    return [each for each in matching.excluded if each.score >= max(LEAST, shown[-1].score if shown else 0)][:TEMPTING]


def _wrong(match: Match, sources: Sources) -> str:
    return "; ".join(f"{literal(each.reason)}{sources.marks([each.statement])}" for each in match.misfits[:2])


def _label(record: Record, statement: Statement, language: Language) -> str:
    return schema(record.type).fields[statement.field].label[language]


def _understood(needs: Needs, language: Language) -> str:
    """What was understood of whoever has the need."""
    facts = []
    if needs.employees is not None:
        facts.append(say("employees" if needs.employees != 1 else "employee", language, n=f"{needs.employees:g}"))
    if needs.age is not None:
        facts.append(say("age", language, n=f"{needs.age:g}".replace(".", "," if language != "en" else ".")))
    if needs.place:
        facts.append(needs.place)
    if needs.trl:
        facts.append(f"TRL {needs.trl[0]:g}" + (f"–{needs.trl[1]:g}" if needs.trl[1] != needs.trl[0] else ""))
    if needs.budget is not None:
        facts.append(say("budget", language, n=f"{needs.budget:,.0f}".replace(",", "\u00a0")))
    return say("understood", language, facts=enumerated(facts, language)) if facts else ""
