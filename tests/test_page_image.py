import threading
from dataclasses import replace
from pathlib import Path

import pytest
import typst

from raufoss_assistant.documents.reader import DocumentReader
from raufoss_assistant.errors import DocumentError
from raufoss_assistant.settings import Settings
from raufoss_assistant.web import page_image
from raufoss_assistant.web.links import Place
from raufoss_assistant.web.page_image import PageImages

QUOTE = "Slangene prøves hver uke."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "slanger.pdf").write_bytes(typst.compile(f"= Slanger\n{QUOTE}\n#pagebreak()\nSide to.".encode()))
    return folder


@pytest.fixture(scope="module")
def document(corpus):
    with DocumentReader(Settings()) as reader:
        return reader.read(corpus, "slanger.pdf")


@pytest.fixture(scope="module")
def images(corpus):
    opened = PageImages(Settings(corpus_dir=corpus))
    yield opened
    opened.close()


def place(page):
    return Place.of(QUOTE, page.text.index(QUOTE))


def test_a_page_with_its_quote_marked(images, document):
    page = document.pages[0]
    plain, marked = images.of(document, page), images.of(document, page, place(page))
    assert (plain.marks, len(marked.marks)) == ((), 1)
    assert plain.webp[:4] == marked.webp[:4] == b"RIFF"
    assert plain.webp != marked.webp


def test_a_place_that_no_longer_holds_marks_nothing(images, document):
    page = document.pages[0]
    assert images.of(document, page, replace(place(page), digest="0123456789ab")).marks == ()
    assert images.of(document, document.pages[1], place(page)).marks == ()


def test_what_was_painted_is_kept_until_the_file_changes(images, document):
    page = document.pages[1]
    first = images.of(document, page)
    assert images.of(document, page) is first
    assert images.of(replace(document, sha256="annen"), page) is not first


def test_only_the_latest_are_kept(images, document, monkeypatch):
    monkeypatch.setattr(page_image, "_MOST_KEPT", 1)
    first = images.of(document, document.pages[0])
    images.of(document, document.pages[1])
    assert images.of(document, document.pages[0]) is not first


def test_many_at_once_get_the_same_page(images, document):
    found = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(images.of(document, document.pages[n % 2]).webp))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 2


@pytest.mark.parametrize("content", [b"%PDF-1.7 tull", b"\0" * 1000, Path(__file__).read_bytes()])
def test_a_damaged_file_is_told_and_not_tried_again(document, tmp_path, content):
    (tmp_path / "slanger.pdf").write_bytes(content)
    images = PageImages(Settings(corpus_dir=tmp_path))
    try:
        for _ in range(2):
            with pytest.raises(DocumentError, match="skadet"):
                images.of(document, document.pages[0])
            (tmp_path / "slanger.pdf").unlink(missing_ok=True)  # so the second time, nothing is read
    finally:
        images.close()


def test_a_page_waits_for_its_turn_but_not_forever(images, document, monkeypatch):
    monkeypatch.setattr(page_image, "_PATIENCE", 0.05)
    with images._turn, pytest.raises(DocumentError, match="prøv igjen om litt"):
        images.of(document, document.pages[0])
