import base64
import io

import pypdf
import pytest
import typst
from PIL import Image

from raufoss_assistant.documents.pdf_image import MARK, WIDTH, paint
from raufoss_assistant.errors import DocumentError

QUOTE = "Målerommet har en koordinatmålemaskin som måler deler på opptil to meter."
SOURCE = (
    f'#set page(width: 12cm, height: 16cm)\n#set text(lang: "nb")\n= Måling\n#v(4cm)\nFør. {QUOTE} Etter.\n'
    "#pagebreak()\n#set page(fill: black)\n#set text(fill: white)\nVarer i 2 uker.\n#v(9cm)\nVarer i 2 uker."
)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    file = tmp_path_factory.mktemp("pdf") / "måling.pdf"
    file.write_bytes(typst.compile(SOURCE.encode()))
    return file


def image(painted):
    return Image.open(io.BytesIO(base64.b64decode(painted["webp"]))).convert("RGB")


def yellow(picture):
    """Bounds of the pixels in the colour of a mark, or None."""
    near = [
        (x, y)
        for x in range(0, picture.width, 4)
        for y in range(0, picture.height, 4)
        if _like(picture.getpixel((x, y)))
    ]
    return (
        (min(x for x, _ in near), min(y for _, y in near), max(x for x, _ in near), max(y for _, y in near))
        if near
        else None
    )


def _like(colour):
    return all(abs(one - other) <= 12 for one, other in zip(colour, MARK, strict=True))


def test_the_quote_is_marked_where_it_stands(pdf):
    painted = paint(str(pdf), 1, QUOTE, 0.3)
    picture = image(painted)
    assert (picture.width, picture.height) == (painted["width"], painted["height"])
    assert abs(picture.width - WIDTH) <= 1
    _, top, _, bottom = yellow(picture)
    assert len(painted["marks"]) == 2  # lines
    assert abs(top - min(mark[1] for mark in painted["marks"])) < 12
    assert abs(bottom - max(mark[3] for mark in painted["marks"])) < 12
    assert 0.35 < top / picture.height < bottom / picture.height < 0.5
    first = painted["marks"][0]
    assert first[0] > 0.1 * WIDTH + 40  # «Før.» stands before it, unmarked
    dark = [x for x in range(first[0], first[2]) if sum(picture.getpixel((x, (first[1] + first[3]) // 2))) < 300]
    assert len(dark) > 50  # its letters


def test_without_a_quote_or_with_another_nothing_is_marked(pdf):
    for quote in ("", "Målerommet har to koordinatmålemaskiner"):
        painted = paint(str(pdf), 1, quote, 0.0)
        assert painted["marks"] == []
        assert yellow(image(painted)) is None


def test_of_two_places_the_nearest_is_marked_on_dark_ground_too(pdf):
    above, below = (paint(str(pdf), 2, "2 uker", share) for share in (0.1, 0.9))
    assert above["marks"][0][1] < below["marks"][0][1]
    left, _, right, bottom = above["marks"][0]
    edge = image(above).getpixel(((left + right) // 2, bottom))
    assert edge[0] > 100 > edge[2]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lies_turned_in_the_file(tmp_path, turned):
    source = f"#set page(width: 12cm, height: 12cm)\n#rotate(-{turned}deg, reflow: true)[#box(width: 8cm)[Før. {QUOTE} Etter.]]"
    (tmp_path / "rett.pdf").write_bytes(typst.compile(source.encode()))
    writer = pypdf.PdfWriter(clone_from=tmp_path / "rett.pdf")
    writer.pages[0].rotate(turned)
    writer.write(tmp_path / "snudd.pdf")
    painted = paint(str(tmp_path / "snudd.pdf"), 1, QUOTE, 0.0)
    left, top, right, bottom = yellow(image(painted))
    marks = painted["marks"]
    assert len(marks) > 1
    assert all(mark[2] - mark[0] > mark[3] - mark[1] for mark in marks)
    assert abs(left - min(mark[0] for mark in marks)) < 12 and abs(right - max(mark[2] for mark in marks)) < 12
    assert abs(top - min(mark[1] for mark in marks)) < 12 and abs(bottom - max(mark[3] for mark in marks)) < 12


@pytest.mark.parametrize("size", [(3, 14_000), (14_000, 14_000), (3, 3)])
def test_odd_sizes_give_images_of_a_sane_size(tmp_path, size):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(*size)
    writer.write(tmp_path / "rar.pdf")
    painted = paint(str(tmp_path / "rar.pdf"), 1, "noe", 0.0)
    assert painted["width"] * painted["height"] < 6_100_000


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there(pdf, page):
    with pytest.raises(DocumentError, match=f"ingen side {page}"):
        paint(str(pdf), page, "", 0.0)
