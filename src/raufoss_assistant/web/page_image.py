"""Images of the pages of PDFs, painted one at a time in a child process; the latest are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace

from raufoss_assistant.documents.reader import DocumentReader, PageImage
from raufoss_assistant.errors import DocumentError
from raufoss_assistant.model import Document, Page
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.links import Place

_SECONDS = 15
"""That one page may take."""
_PATIENCE = 20
"""Seconds that a page waits for its turn."""
_MOST_KEPT = 40
"""Pages, of up to some hundred kB each; or why a page cannot be shown."""


class PageImages:
    """Paints pages. Safe to share between threads; to be closed.

    Args:
        settings: where the documents are, and the limits of what reads them.

    Example:
        >>> images = PageImages(settings)
        >>> images.of(document, document.pages[0]).width
        1280
        >>> images.close()
    """

    def __init__(self, settings: Settings) -> None:
        self._corpus = settings.corpus_dir
        self._reader = DocumentReader(replace(settings, parse_seconds=_SECONDS))
        self._turn = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, int | None, Place | None], PageImage | DocumentError] = OrderedDict()

    def close(self) -> None:
        """Stop the child process."""
        with self._turn:
            self._reader.close()

    def of(self, document: Document, page: Page, place: Place | None = None) -> PageImage:
        """The image of a page, with the quote at a place marked where it is found.

        Raises:
            DocumentError: the page cannot be painted; so it is until the file changes.
        """
        key = (document.path, document.sha256, page.number, place)
        if not self._turn.acquire(timeout=_PATIENCE):
            raise DocumentError("mange åpner sider akkurat nå; prøv igjen om litt")
        try:
            if key not in self._kept:
                self._kept[key] = self._painted(document, page, place)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            kept = self._kept[key]
        finally:
            self._turn.release()
        if isinstance(kept, DocumentError):
            raise kept
        return kept

    def _painted(self, document: Document, page: Page, place: Place | None) -> PageImage | DocumentError:
        quote = (place.quote(page) if place else None) or ""
        share = place.start / len(page.text) if place and quote else 0.0
        try:
            return self._reader.page_image(self._corpus, document.path, page.number or 1, quote, share)
        except DocumentError as error:
            return error
