"""The interface described: for programs as OpenAPI, for people as a page in Norwegian."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from raufoss_assistant.assistant import LONGEST_QUESTION
from raufoss_assistant.contract import Json
from raufoss_assistant.norwegian.numbers import thousands
from raufoss_assistant.web.interfaces.bodies import AskAnswer

_FOLDER = Path(__file__).parent
_EXAMPLES = _FOLDER / "examples.json"
"""Requests and what a real run answered; made by scripts/api_examples.py."""
_TEMPLATES = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
_LONGEST = thousands(LONGEST_QUESTION)
_ANSWER = f"#/components/schemas/{AskAnswer.__name__}"
_ABOUT = "Svar fra industriklyngens egne dokumenter, med kilde og dato. Feil er JSON med én linje på norsk."


def reference_routes(*described: APIRouter) -> APIRouter:
    """GET /api/openapi.json and GET /api, about the operations of the given routers."""
    router = APIRouter()
    template = _TEMPLATES.get_template("reference.html.j2")

    @cache
    def shown() -> Json:
        return openapi(*described)

    @router.get("/api/openapi.json", include_in_schema=False)
    def schema() -> Json:
        return shown()

    @router.get("/api", include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        base = str(request.base_url).rstrip("/")
        return HTMLResponse(template.render(base=base, operations=tuple(operations(shown())), longest=_LONGEST))

    return router


def openapi(*described: APIRouter) -> Json:
    """The operations of routers in OpenAPI 3.1, each with a request and the answer that a real run gave.

    Example:
        >>> list(openapi(openai_routes(assistant, counters))["paths"])
        ['/v1/chat/completions']
    """
    routes = [route for router in described for route in router.routes]
    shown = get_openapi(title="Raufoss-assistenten", version="1", description=_ABOUT, routes=routes)
    for path, example in json.loads(_EXAMPLES.read_text("utf-8")).items():
        (operation,) = shown["paths"][path].values()
        if "request" in example:
            operation["requestBody"]["content"]["application/json"]["example"] = example["request"]
        (media,) = operation["responses"]["200"]["content"].values()
        media["example"] = example["response"]
    return shown


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a request or an answer, as a person reads it.

    Attributes:
        name: with those it stands in, as «citations[].quote».
        kind: what it holds, in Norwegian.
        about: what it means, or "".
        required: whether it must be there.
    """

    name: str
    kind: str
    about: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, as a person reads it.

    Attributes:
        method: of HTTP.
        path: of the address.
        summary, about: what it does.
        takes: fields of the request.
        gives: fields of the answer.
        request: an example as JSON on one line, or None.
        response: what was answered to it.
    """

    method: str
    path: str
    summary: str
    about: str
    takes: tuple[Field, ...]
    gives: tuple[Field, ...]
    request: str | None
    response: str


def operations(shown: Json) -> Iterator[Operation]:
    """The operations of an OpenAPI description, in its order."""
    for path, methods in shown["paths"].items():
        for method, each in methods.items():
            taken = each.get("requestBody", {}).get("content", {}).get("application/json", {})
            (given,) = each["responses"]["200"]["content"].values()
            example = given["example"]
            yield Operation(
                method=method.upper(),
                path=path,
                summary=each["summary"],
                about=each["description"],
                takes=tuple(_fields(taken.get("schema", {}), shown)),
                gives=tuple(_fields(given["schema"], shown)),
                request=_json(taken["example"]) if taken else None,
                response=example if isinstance(example, str) else _json(example, indent=2),
            )


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _fields(schema: Json, shown: Json, within: str = "") -> Iterator[Field]:
    """The fields of an object, and below each those that stand in it; an answer inside another is not told again."""
    schema = _resolved(schema, shown)
    for name, field in schema.get("properties", {}).items():
        full = f"{within}{name}"
        yield Field(full, _kind(field, shown), field.get("description") or "", name in schema.get("required", ()))
        inner, mark = _inside(field)
        if inner.get("$ref") != _ANSWER:
            yield from _fields(inner, shown, f"{full}{mark}.")


def _resolved(schema: Json, shown: Json) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Json = shown["components"]["schemas"][name] if name else schema
    return found


def _inside(field: Json) -> tuple[Json, str]:
    """The schema of what stands in a field, and how that is written after its name."""
    if field.get("type") == "array":
        return field.get("items", {}), "[]"
    if isinstance(field.get("additionalProperties"), dict):
        return field["additionalProperties"], ".*"
    return field, ""


_KINDS = {
    "string": "tekst",
    "integer": "heltall",
    "number": "tall",
    "boolean": "true eller false",
    "array": "liste",
    "object": "objekt",
    "null": "null",
}


def _kind(field: Json, shown: Json) -> str:
    field = _resolved(field, shown)
    if "anyOf" in field:
        return " eller ".join(_kind(each, shown) for each in field["anyOf"])
    choices = field.get("enum", [field["const"]] if "const" in field else [])
    if choices:
        return " eller ".join(_json(each) for each in choices)
    if field.get("format") == "date":
        return "dato (ÅÅÅÅ-MM-DD)"
    return _KINDS.get(field.get("type", ""), "")
