"""Office files are zip archives; these are the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

from corpus_maker.source import Source

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def fixed(archive: bytes, updated: date) -> bytes:
    """The same archive, every member dated and the document marked as modified on the day it was updated."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (updated.year, updated.month, updated.day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{updated}T00:00:00Z".encode(), content)
            new.writestr(member, content)
    return made.getvalue()


def describe(properties: Any, source: Source) -> None:
    """Fill in the core properties of a Word or PowerPoint file."""
    updated = source.meta["updated"]
    properties.title = source.title
    properties.author = properties.last_modified_by = source.meta["owner"]
    properties.language = source.meta["language"]
    properties.comments = ""
    properties.created = properties.modified = datetime(updated.year, updated.month, updated.day)
