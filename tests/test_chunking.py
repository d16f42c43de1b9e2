import hashlib
import time
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.documents.chunking import chunk
from raufoss_assistant.model import Block, Document, Page, Properties


def page_of(*parts, number=None, gap="\n\n"):
    """A page of (kind, text) parts; a heading's kind is its level, and a table's first line is its header."""
    text, blocks = "", []
    for kind, part in parts:
        text += gap if text else ""
        level = kind if isinstance(kind, int) else 0
        header = part.splitlines()[0] if kind == "table" else ""
        blocks.append(Block("heading" if level else kind, len(text), len(text) + len(part), level, header))
        text += part
    return Page(number, text, tuple(blocks))


def document_of(*pages, title="Om klyngen"):
    return Document("klynge/om.md", "0" * 64, Properties(title=title, kind="klynge"), pages)


def sentence(words, name="ord"):
    return " ".join([name.capitalize(), *[name] * (words - 1)]) + "."


def prose(*lengths, name="ord"):
    return " ".join(sentence(words, name) for words in lengths)


def lengths(chunks):
    return [len(passage.text.split()) for passage in chunks]


def test_a_passage_knows_where_it_stands():
    page = page_of((1, "Om klyngen"), (2, "Bedrifter"), ("paragraph", "Det er mange."), number=3)
    (passage,) = chunk(document_of(page))
    assert passage.text == "Det er mange." == page.text[passage.start : passage.end]
    assert (passage.document, passage.position, passage.page) == ("klynge/om.md", 0, 3)
    assert passage.heading == ("Bedrifter",)
    assert passage.context == "Om klyngen\nBedrifter"
    assert passage.id == hashlib.sha256(b"klynge/om.md\x000\x00Det er mange.").hexdigest()[:32]


def test_headings_nest_and_carry_over_pages_but_passages_do_not():
    first = page_of((1, "A"), ("paragraph", "En."), (2, "B"), (3, "C"), ("paragraph", "To."), number=1)
    second = page_of(("paragraph", "Tre."), (2, "D"), ("paragraph", "Fire."), (1, "E"), ("paragraph", "Fem."), number=2)
    passages = chunk(document_of(first, second))
    assert [(passage.text, passage.heading, passage.page) for passage in passages] == [
        ("En.", ("A",), 1),
        ("To.", ("A", "B", "C"), 1),
        ("Tre.", ("A", "B", "C"), 2),
        ("Fire.", ("A", "D"), 2),
        ("Fem.", ("E",), 2),
    ]
    assert passages[1].context == "Om klyngen\nA › B › C"
    assert [passage.position for passage in passages] == [0, 1, 2, 3, 4]


def test_a_heading_like_the_title_is_not_said_twice():
    (passage,) = chunk(document_of(page_of((1, "# Om  klyngen"), ("paragraph", "Tekst."))))
    assert (passage.heading, passage.context) == ((), "Om klyngen")


def test_a_heading_without_a_body_joins_the_next_path_once():
    page = page_of((1, "Del 1"), (1, "Kurs"), ("paragraph", "En."), (1, "Støtte"), ("paragraph", "To."))
    assert [passage.heading for passage in chunk(document_of(page))] == [("Del 1", "Kurs"), ("Støtte",)]


def test_headings_at_the_end_and_headings_alone_become_a_passage():
    page = page_of((1, "Kurs"), ("paragraph", "En."), (2, "Mer"), (2, "Slutt"))
    assert [(passage.text, passage.heading) for passage in chunk(document_of(page))] == [
        ("En.", ("Kurs",)),
        ("Mer\n\nSlutt", ("Kurs",)),
    ]
    pages = [page_of((1, "Om klyngen"), number=1), page_of((1, "Takk"), number=2)]
    assert [(passage.text, passage.page) for passage in chunk(document_of(*pages))] == [("Om klyngen", 1), ("Takk", 2)]


def test_a_long_run_of_headings_is_kept_as_text():
    page = page_of(*[(1, f"Punkt {n}") for n in range(20)], ("paragraph", "Tekst."))
    passages = chunk(document_of(page))
    found = "\n".join(passage.text + " " + passage.context for passage in passages)
    assert all(f"Punkt {n}" in found for n in range(20))
    assert max(len(passage.heading) for passage in passages) <= 6


def test_nothing_gives_nothing():
    assert chunk(document_of(Page(1, ""), Page(2, " \n "))) == ()


def test_a_page_without_blocks_is_divided_into_paragraphs():
    paragraphs = [prose(30, 30), prose(55), prose(60), prose(20, 30)]
    passages = chunk(document_of(Page(None, "\n\n".join(paragraphs))))
    assert [passage.text for passage in passages] == ["\n\n".join(paragraphs[:2]), "\n\n".join(paragraphs[2:])]


def test_small_blocks_are_packed_under_their_heading_only():
    page = page_of(
        (1, "A"), *[("paragraph", sentence(20))] * 5, (1, "B"), ("paragraph", "Kort."), ("list", "- en\n- to")
    )
    passages = chunk(document_of(page))
    assert lengths(passages) == [100, 5]
    assert passages[1].text == "Kort.\n\n- en\n- to"


def test_a_paragraph_is_cut_at_sentence_ends_in_even_parts():
    assert lengths(chunk(document_of(page_of(("paragraph", prose(*[15] * 10)))))) == [75, 75]
    assert lengths(chunk(document_of(page_of(("paragraph", prose(*[20] * 12)))))) == [120, 120]
    assert lengths(chunk(document_of(page_of(("paragraph", prose(130, 20)))))) == [150]


def test_a_monster_of_a_sentence_is_cut_at_commas_else_at_spaces():
    commas = ", ".join(["ord " * 9 + "ord"] * 30) + "."
    passages = chunk(document_of(page_of(("paragraph", commas))))
    assert all(passage.text.endswith((",", ".")) for passage in passages)
    assert max(lengths(passages)) <= 150
    bare = chunk(document_of(page_of(("paragraph", "ord " * 599 + "ord."))))
    assert lengths(bare) == [120] * 5
    assert lengths(chunk(document_of(page_of(("list", "- " + "ord " * 599 + "ord."))))) == [120, 120, 120, 120, 121]
    assert lengths(chunk(document_of(page_of(("paragraph", sentence(200)))))) == [200]


def test_a_list_keeps_its_lead_in_and_whole_items():
    lead = ("paragraph", prose(50, 40) + " Dette trenger du:")
    items = ("list", "\n".join(f"- {sentence(11)}" for _ in range(10)))
    _, second = chunk(document_of(page_of(lead, items)))
    assert second.text.startswith("Dette trenger du:\n\n- ")
    assert all(line.endswith("ord.") for line in second.text.splitlines()[2:])


def test_a_table_is_cut_between_rows_and_the_header_follows_in_the_context():
    rows = ["| Kurs | Pris |", "|---|---|", *[f"| Kurs. Nr {n} | {'ord ' * 25}|" for n in range(12)]]
    page = page_of((1, "Priser"), ("table", "\n".join(rows)))
    passages = chunk(document_of(page))
    assert len(passages) == 3
    assert "\n".join(passage.text for passage in passages) == "\n".join(rows)
    assert passages[0].text.startswith("| Kurs | Pris |\n|---|---|\n| Kurs. Nr 0")
    assert passages[0].context == "Om klyngen\nPriser"
    assert {passage.context for passage in passages[1:]} == {"Om klyngen\nPriser\n| Kurs | Pris |"}


def test_a_table_of_a_header_alone_is_kept():
    (passage,) = chunk(document_of(page_of(("table", "Kurs | Pris\n--- | ---\n"))))
    assert passage.text == "Kurs | Pris\n--- | ---"


LINES = st.sampled_from([sentence(4), "- punkt", "a | b", "--- | ---", "Dette:", "2024", "ord, ord"])
BODIES = st.tuples(st.sampled_from(["paragraph", "list", "table"]), st.lists(LINES, min_size=1).map("\n".join))
HEADINGS = st.tuples(st.integers(1, 3), st.integers(1, 9).map("Kapittel {}".format))
PARTS = st.lists(BODIES | HEADINGS, max_size=8)


@given(st.lists(PARTS, max_size=3), st.sampled_from([5, 20, 120]))
def test_all_text_stands_in_one_passage_and_headings_in_text_or_context(pages, size):
    pages = [page_of(*parts, number=number) for number, parts in enumerate(pages, 1)]
    passages = chunk(document_of(*pages), size)
    assert [passage.position for passage in passages] == list(range(len(passages)))
    assert len({passage.id for passage in passages}) == len(passages)
    for page in pages:
        mine = [passage for passage in passages if passage.page == page.number]
        position = 0
        left = []
        for passage in mine:
            assert passage.text == page.text[passage.start : passage.end] == passage.text.strip() != ""
            left.append(page.text[position : passage.start] + " ")
            position = passage.end
        left.append(page.text[position:] + " ")
        headings = [page.text[block.start : block.end] for block in page.blocks if block.kind == "heading"]
        outside = "".join(left).split()
        assert not Counter(outside) - Counter(" ".join(headings).split())
    everything = "\n".join(passage.searchable for passage in passages)
    assert all(
        page.text[block.start : block.end] in everything for page in pages for block in page.blocks if block.level
    )


@given(st.lists(st.integers(2, 60), min_size=1, max_size=80))
def test_passages_of_prose_are_about_the_size(counts):
    found = lengths(chunk(document_of(page_of(("paragraph", prose(*counts))))))
    assert sum(found) == sum(counts)
    assert max(found) <= 180
    if sum(counts) > 180:
        assert min(found) > 24


def test_time_grows_in_step_with_the_document():
    rows = "\n".join(f"rad {n} | a b c" for n in range(20_000))
    page = page_of(*[("paragraph", sentence(9))] * 20_000, ("table", rows), *[(1, "A")] * 2_000)
    started = time.perf_counter()
    assert len(chunk(document_of(page))) > 2_000
    assert time.perf_counter() - started < 20
