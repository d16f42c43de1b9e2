"""The proof of a quote: it stands letter for letter in the document's extracted text."""

from __future__ import annotations

from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Chunk


def stands(quote: str, chunk: Chunk, manifest: Manifest) -> bool:
    """Whether the quote stands in the text extracted from the page that the passage names.

    An empty quote stands nowhere.
    """
    document = manifest.document(chunk.document)
    if document is None or not quote.strip():
        return False
    return any(page.number == chunk.page and quote in page.text for page in document.pages)
