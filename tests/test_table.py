from html import unescape

import pytest
from markdown_it import MarkdownIt

from raufoss_assistant.answering.table import Sources, brief, cell, compared, listed
from raufoss_assistant.model import Properties, Statement
from record_corpus import grid, numbers, record_assistant  # noqa: F401 - a fixture

NASTY = "6 000 kr | [mer](http://x.no) <img src=x>"


@pytest.fixture
def sources(assistant):
    return Sources(assistant.index().manifest)


@pytest.fixture(scope="module")
def one(assistant):
    return {record.id: record for record in assistant.catalogue().records}.__getitem__


def statement(text, *, in_cell=True):
    return Statement("price", text, None, in_cell, False, "a.md", None, 0, text, Properties("T", "katapult"))


def test_one_place_has_one_number(sources, one):
    row, page = one("sveising").said("price"), one("sveising").said("about")
    assert [sources.cite(each) for each in (row, page, row)] == [1, 2, 1]
    assert [citation.n for citation in sources.citations] == [1, 2]
    assert sources.marks([row, None, page, row]) == " [1] [2]"
    assert sources.marks([one("sveising").said("duration")]) == " [1]"


def test_a_row_is_cited_whole_with_its_cell_as_the_short_answer(sources, one):
    sources.cite(one("sveising").said("price"), "fra 15 000 kr")
    (citation,) = sources.citations
    assert citation.quote == "| Sveising: prøvesveis og sveisesimulator | 4–7 | 2–4 uker | fra 15 000 kr |"
    assert citation.span == "fra 15 000 kr"
    assert citation.chunk.document == "katapult/oversikt.md"


def test_what_is_not_in_the_index_has_no_number(sources):
    assert sources.cite(statement("25 000 kr")) is None
    assert sources.marks([statement("25 000 kr")]) == ""
    assert sources.citations == []


def test_a_list_has_a_row_for_each_record_and_a_number_in_each_row(sources, one):
    records = [one(name) for name in ("sveising", "energibruk", "finansieringshjelp")]
    head, *rows = grid(listed(records, ["price", "trl"], sources, "nb"))
    assert head == ["Tjeneste", "Pris", "TRL"]
    assert [row[1:] for row in rows] == [
        ["fra 15 000 kr", "4–7"],
        ["40 000 kr; 35 000 kr", "6–9"],
        ["gratis", "ikke oppgitt"],
    ]
    assert [numbers(row[0]) for row in rows] == [[1], [2, 3], [4]]


def test_a_record_without_the_fields_is_cited_all_the_same(sources, one):
    (_, row) = grid(listed([one("robotcelle")], ["equipment"], sources, "nb"))
    assert (numbers(row[0]), row[1]) == ([1], "ikke oppgitt")


def test_a_comparison_has_a_column_for_each_record(sources, one):
    records = [one("sveising"), one("samarbeidende-robot"), one("robotcelle")]
    head, trl, price = grid(compared(records, ["trl", "price"], sources, "en"))
    assert head == ["", *(record.name for record in records)]
    assert trl == ["TRL", "4–7 [1]", "4–7 [2]", "5–8 [3]"]
    assert price == ["Price", "fra 15 000 kr [1]", "fra 25 000 kr [2]", "fra 90 000 kr [3]"]


@pytest.mark.parametrize(("language", "said"), [("nb", "ikke oppgitt"), ("nn", "ikkje oppgjeve"), ("en", "not stated")])
def test_what_is_unknown_is_said_in_each_language(one, language, said):
    assert cell(one("finansieringshjelp"), "trl", language) == said
    assert cell(one("robotcelle"), "contact", language) == said


def test_words_without_a_value_that_tell_something_stand(one):
    assert cell(one("maskinsyn"), "price", "nb") == "Pris etter tilbud"


def test_where_current_tables_differ_all_values_stand_the_newest_first(one):
    assert cell(one("energibruk"), "price", "nb") == "40 000 kr; 35 000 kr"
    assert cell(one("energibruk"), "duration", "nb") == "3–5 uker"


def test_marks_of_a_document_are_shown_as_written_and_break_no_table(sources, one):
    text = listed([one("liming"), one("sveising")], ["price", "trl"], sources, "nb")
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<td>") == 2 * html.count("<th>") == 6
    assert NASTY in unescape(html) and "*sterke* fuger <b>uten</b> skruer" in unescape(html)
    assert not any(tag in html for tag in ("<img", "<b>", "<em>", "<a "))


@pytest.mark.parametrize(
    ("said", "short"),
    [
        (statement("TRL 4–7. Delene må finnes.", in_cell=False), "TRL 4–7"),
        (statement("- Kamera: plukker", in_cell=False), "Kamera: plukker"),
        (statement("TRL 4–7. Delene må finnes."), "TRL 4–7. Delene må finnes."),
    ],
)
def test_prose_is_cut_to_its_first_sentence_and_a_cell_is_not(said, short):
    assert brief(said) == short


def test_what_is_long_is_cut_at_a_word():
    text = brief(statement("Prøver " * 60))
    assert len(text) <= 162
    assert text.endswith("Prøver …")
