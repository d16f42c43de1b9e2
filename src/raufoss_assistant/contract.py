"""The JSON that commands and the web give; its keys are a contract with programs outside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, get_args

from raufoss_assistant.errors import UsageError
from raufoss_assistant.model import Answer, Citation, FileStatus, Hit, IndexReport, Record, Statement, Turn
from raufoss_assistant.retrieval.matcher import Match, Matching

Json = dict[str, Any]


def index_json(report: IndexReport) -> Json:
    """What `raufoss index --json` prints."""
    return {
        "documents": {status: report.count(status) for status in get_args(FileStatus)},
        "chunks": report.chunks,
        "seconds": round(report.seconds, 3),
        "files": [
            {
                "path": file.path,
                "status": file.status,
                "pages": file.pages,
                "chunks": file.chunks,
                "error": file.error,
                "unread": list(file.unread),
            }
            for file in report.files
        ],
    }


def search_json(query: str, hits: Sequence[Hit], id_: object = None) -> Json:
    """What a search gives."""
    return {
        "id": id_,
        "query": query,
        "hits": [{"rank": rank, **_hit(hit), "text": hit.chunk.text} for rank, hit in enumerate(hits, 1)],
    }


def ask_json(answer: Answer, id_: object = None) -> Json:
    """What a question gives; `nearest` names the closest documents; `generation` is there where a model was asked."""
    return {
        "id": id_,
        "question": answer.question,
        "search_query": answer.search_query,
        "status": answer.status,
        "answer": answer.text,
        "language": answer.language,
        "responder": answer.responder,
        "confidence": round(answer.confidence, 4),
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [_hit(hit) for hit in answer.nearest],
        "records": [record_json(record) for record in answer.records],
        "filters": list(answer.filters),
        "timings_ms": dict(answer.timings_ms),
        **({"generation": asdict(answer.generation)} if answer.generation else {}),
    }


def match_json(matching: Matching, need: str, k: int, id_: object = None) -> Json:
    """What a need gives: its profile, the k best matches, what a hard limit rules out, and what to ask back."""
    needs = asdict(matching.needs)
    del needs["stages"]  # what is guessed shows in the misfits
    return {
        "id": id_,
        "query": need,
        "needs": {
            **needs,
            "wishes": sorted(matching.needs.wishes),
            "applicants": sorted(matching.needs.applicants),
            "concepts": list(matching.concepts),
        },
        "matches": [_match(each) for each in matching.matches[:k]],
        "excluded": [_match(each) for each in matching.excluded[:k]],
        "ask": matching.ask,
    }


def _match(match: Match) -> Json:
    record = match.record
    about = match.reasons[0][1] if match.reasons else record.said("about") or record.statements[0]
    told = [f"{concept.name}: «{said.text}»" for concept, said in match.reasons] or [f"«{about.text}»"]
    properties = about.properties
    return {
        "type": record.type,
        "id": record.id,
        "name": record.name,
        "example": record.example,
        "score": round(match.score, 4),
        "parts": match.parts,
        "reasons": told,
        "misfits": [each.reason for each in match.misfits],
        "citation": {
            "document": about.document,
            "title": properties.title,
            "kind": properties.kind,
            "page": about.page,
            "date": properties.date.isoformat() if properties.date else None,
            "example": properties.example,
            "quote": about.quote,
        },
    }


def records_json(records: Sequence[Record], filters: Sequence[str]) -> Json:
    """A list from the catalogue, with the labels of the filters that narrowed it."""
    return {"filters": list(filters), "records": [record_json(record) for record in records]}


def record_json(record: Record) -> Json:
    """A record: type, id, name, code, and of each field what is said of it, with its document."""
    fields = dict.fromkeys(each.field for each in record.statements if each.field != "more")
    return {
        "type": record.type,
        "id": record.id,
        "name": record.name,
        "code": record.code,
        "example": record.example,
        "fields": {field: _statement(said) for field in fields if (said := record.said(field))},
    }


def _statement(statement: Statement) -> Json:
    value, day = statement.value, statement.properties.date
    return {
        "text": statement.text,
        "low": value.low if value else None,
        "high": value.high if value else None,
        "document": statement.document,
        "page": statement.page,
        "date": day.isoformat() if day else None,
    }


def turns(history: object) -> tuple[Turn, ...]:
    """A history from outside: a list of {"role": "user"|"assistant", "content": text}.

    Raises:
        UsageError: it is something else.
    """
    if history is None:
        return ()
    remedy = 'Historikken må være en liste av {"role": "user" eller "assistant", "content": tekst}.'
    if not isinstance(history, list):
        raise UsageError(remedy)
    found = []
    for turn in history:
        if not isinstance(turn, dict) or turn.get("role") not in ("user", "assistant"):
            raise UsageError(remedy)
        if not isinstance(turn.get("content"), str):
            raise UsageError(remedy)
        found.append(Turn(turn["role"], turn["content"]))
    return tuple(found)


def dump(value: Json, *, indent: int | None = None) -> str:
    """JSON text with Norwegian letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _hit(hit: Hit) -> Json:
    return {
        "score": round(hit.score, 4),
        "document": hit.chunk.document,
        "title": hit.properties.title,
        "page": hit.chunk.page,
        "heading": heading(hit.chunk.heading),
        "date": hit.properties.date.isoformat() if hit.properties.date else None,
    }


def _citation(citation: Citation) -> Json:
    properties = citation.properties
    return {
        "n": citation.n,
        "document": citation.chunk.document,
        "title": properties.title,
        "kind": properties.kind,
        "page": citation.chunk.page,
        "heading": heading(citation.chunk.heading),
        "date": properties.date.isoformat() if properties.date else None,
        "example": properties.example,
        "quote": citation.quote,
        "span": citation.span,
        "score": round(citation.score, 4),
    }


def heading(path: Sequence[str]) -> str | None:
    """Headings above a passage on one line, or None where there are none."""
    return " › ".join(path) or None
