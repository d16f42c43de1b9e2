"""The documents themselves: a page that shows what was quoted, images of a PDF's pages, and the files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import DocumentError, RaufossError
from raufoss_assistant.model import Page
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.web.document_file import Found, find
from raufoss_assistant.web.document_view import page_text, rendered
from raufoss_assistant.web.links import Place, document_address, file_address, image_address, is_pdf
from raufoss_assistant.web.page_image import PageImages
from raufoss_assistant.web.panel import facts

_FOLDER = Path(__file__).parent
_TEMPLATES = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
_KEPT = {"Cache-Control": "no-store"}
"""What is deleted is gone at once."""
_READ = ["GET", "HEAD"]
_TEXT = (".md", ".markdown", ".txt")
_MEDIA = {
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".html": "text/html",
    ".htm": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NO_DOCUMENT = "Dokumentet finnes ikke lenger. Spør på nytt i chatten, så får du svar fra dokumentene som gjelder nå."
_NO_PAGE = "Dokumentet har ingen slik side. Det har {count}."
_CHANGED = "Fila er endret siden assistenten leste den. Prøv igjen når dokumentene er lest inn på nytt."
_NOT_PAINTED = "Siden kan ikke vises som bilde ({why}). Teksten står under."
_NOT_ON_PAGE = "Sitatet er ikke funnet på siden."
_NOT_THERE = "Sitatet er ikke funnet i dokumentet. Det kan være endret siden svaret ble gitt."


class _RefusedError(Exception):
    """There is nothing to show; the message says why and what to do."""

    def __init__(self, said: str, status: int = 404, instead: str = "") -> None:
        super().__init__(said)
        self.status = status
        self.instead = instead
        """Address of the document, where it has something else to show."""


def document_routes(assistant: Assistant) -> APIRouter:
    """GET /dokument/…, /sidebilde/… and /fil/…, for the documents of the index."""
    images = PageImages(assistant.settings)

    @asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        yield
        images.close()

    router = APIRouter(lifespan=closing, include_in_schema=False)

    @router.api_route("/dokument/{path:path}", methods=_READ)
    @_explained
    def view(path: str, side: str = "", sitat: str = "") -> Response:
        found = _found(assistant, path)
        place = Place.read(sitat)
        if not is_pdf(found.document):
            return _text_page(found, side, place)
        page = _page(found, side)
        return _pdf_page(found, page, place, images)

    @router.api_route("/sidebilde/{path:path}", methods=_READ)
    @_explained
    def image(path: str, side: str = "", sitat: str = "") -> Response:
        found = _found(assistant, path)
        if found.changed or not is_pdf(found.document):
            raise _RefusedError(_CHANGED if found.changed else _NO_DOCUMENT, 409 if found.changed else 404)
        page = _page(found, side)
        try:
            painted = images.of(found.document, page, Place.read(sitat))
        except DocumentError as error:
            raise _RefusedError(_NOT_PAINTED.format(why=error), 503) from error
        return Response(painted.webp, media_type="image/webp", headers=_KEPT)

    @router.api_route("/fil/{path:path}", methods=_READ)
    @_explained
    def file(path: str) -> Response:
        found = _found(assistant, path)
        if found.changed:
            raise _RefusedError(_CHANGED, 409)
        return _file(found.file)

    return router


def _explained(route: Callable[..., Response]) -> Callable[..., Response]:
    """What cannot be shown is told on a page in Norwegian."""

    @wraps(route)
    def told(**given: Any) -> Response:
        try:
            return route(**given)
        except _RefusedError as refused:
            return _html(refused.status, title="Dette kan ikke vises", problem=str(refused), instead=refused.instead)
        except RaufossError as error:
            return _html(503, title="Dette kan ikke vises", problem=str(error))

    return told


def _found(assistant: Assistant, path: str) -> Found:
    found = find(assistant, path)
    if found is None:
        raise _RefusedError(_NO_DOCUMENT)
    return found


def _page(found: Found, side: str) -> Page:
    """The page of a number, the first where none is given."""
    pages = found.document.pages
    number = int(side) if side.isascii() and side.isdecimal() and len(side) < 6 else 0
    if side and not 1 <= number <= len(pages):
        count = "én side" if len(pages) == 1 else f"{len(pages)} sider"
        raise _RefusedError(_NO_PAGE.format(count=count), instead=document_address(found.document.path))
    return pages[number - 1 if side else 0]


def _text_page(found: Found, side: str, place: Place | None) -> Response:
    text = rendered(found.document, int(side) if side.isascii() and side.isdecimal() else None, place)
    missing = _NOT_THERE if place and not text.marked else ""
    return _shown(found, html=Markup(text.html), missing=missing)  # noqa: S704 - made of escaped text


def _pdf_page(found: Found, page: Page, place: Place | None, images: PageImages) -> Response:
    document, number, missing, image = found.document, page.number or 1, "", None
    if not found.changed:
        try:
            painted = images.of(document, page, place)
        except DocumentError as error:
            missing = _NOT_PAINTED.format(why=error)
        else:
            missing = _NOT_ON_PAGE if place and not painted.marks else ""
            image = {
                "address": image_address(document.path, number, place),
                "width": painted.width,
                "height": painted.height,
                "marks": len(painted.marks),
                "top": round(100 * min(mark[1] for mark in painted.marks) / painted.height, 1) if painted.marks else 0,
            }
    shown = {
        "number": number,
        "count": len(document.pages),
        "previous": document_address(document.path, number - 1) if number > 1 else "",
        "next": document_address(document.path, number + 1) if number < len(document.pages) else "",
        "quote": place.quote(page) if place else None,
        "image": image,
    }
    html = Markup(page_text(page))  # noqa: S704 - made of escaped text
    return _shown(found, page=shown, html=html, missing=missing)


def _shown(found: Found, page: dict[str, Any] | None = None, **values: Any) -> Response:
    """The page of a document, with what is to be known of it above."""
    document, successor = found.document, None
    known = document.properties
    if found.successor:
        path, newer = found.successor
        day = long_date(newer.date) if newer.date else ""
        successor = {"address": document_address(path), "title": newer.title, "date": day}
    return _html(
        200,
        title=known.title,
        problem="",
        facts=Markup(facts(known)),  # noqa: S704 - made of escaped text
        owner=known.owner,
        successor=successor,
        expired=long_date(known.valid_to) if found.expired and known.valid_to else "",
        changed=found.changed,
        file=file_address(document.path, page["number"] if page else None),
        opens=found.file.suffix.lower() in (".pdf", *_TEXT),
        page=page,
        **values,
    )


def _html(status: int, **values: Any) -> Response:
    style = Markup((_FOLDER / "document.css").read_text("utf-8"))  # noqa: S704 - ours
    values = {"page": None, "instead": "", **values}
    return HTMLResponse(_TEMPLATES.get_template("document.html.j2").render(style=style, **values), status, _KEPT)


def _file(file: Path) -> Response:
    """A file, opened in the browser where nothing in it can run there."""
    kind = file.suffix.lower()
    media = f"text/plain; charset={_charset(file)}" if kind in _TEXT else _MEDIA[kind]
    how = "inline" if kind in (".pdf", *_TEXT) else "attachment"
    return FileResponse(file, headers=_KEPT, media_type=media, filename=file.name, content_disposition_type=how)


def _charset(file: Path) -> str:
    try:
        file.read_text("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
