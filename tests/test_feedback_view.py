from dataclasses import replace

from raufoss_assistant.evaluation.triage import Case, to_question
from raufoss_assistant.feedback.model import Opinion, Source
from raufoss_assistant.model import Turn
from raufoss_assistant.web.staff import feedback_view as view
from test_triage import ENTRY, EXCHANGE, REFUSAL, UP, down

CASE = Case(ENTRY, "høy", "utdatert kilde")


def test_the_list_has_a_link_for_each_and_counts_the_open_ones():
    html = view.overview([CASE, Case(replace(UP, id=9), "lav", "")], 1, 5, "valgt")
    assert "<strong>1 åpne</strong> av 5 tilbakemeldinger" in html
    assert '<a href="#valg:valgt:7">Hvor stor er Læringsfabrikken?</a>' in html
    assert '<a href="#valg:valgt:9">' in html
    assert "tommel opp" in html
    assert "utdatert kilde" in html


def test_a_long_list_says_that_it_is_cut():
    html = view.overview([CASE] * 130, 130, 130, "valgt")
    assert html.count("<tr>") == view.MOST + 1
    assert "Viser de 100 viktigste av 130" in html


def test_an_empty_list_says_why():
    assert "Ingen har gitt tilbakemelding ennå" in view.overview([], 0, 0, "valgt")
    assert "Ingen tilbakemeldinger passer til filteret" in view.overview([], 2, 3, "valgt")


def test_one_in_full():
    html = view.whole(CASE)
    for part in (
        "Tilbakemelding 7",
        "Svaret er feil",
        "Gammelt eller utdatert",
        "Det er feil",
        "1 800 kvadratmeter",
        "Læringsfabrikken Hvor stor er Læringsfabrikken?",
        "høy (forslag)",
        "utdatert kilde (forslag)",
        "Et opplæringssenter. [1]",
    ):
        assert part in html
    marked = replace(ENTRY, importance="lav", cause="skrivefeil", note="Rettet")
    html = view.whole(Case(marked, "lav", "skrivefeil"))
    assert "forslag" not in html
    assert "Rettet" in html


def test_what_visitors_and_documents_say_is_text():
    evil = "<img src=x onerror=alert(1)>\n\n**fet**"
    exchange = replace(
        EXCHANGE, question=evil, search_query=evil, history=(Turn("user", evil),), sources=(Source(evil, 1, evil),)
    )
    entry = replace(ENTRY, exchange=exchange, opinion=Opinion("down", (), evil, evil), note=evil, cause=evil)
    case = Case(entry, "høy", evil)
    for html in (view.whole(case), view.overview([case], 1, 1, "valgt"), view.given("Da", exchange)):
        assert "<img" not in html
        assert "\n" not in html
        assert "&lt;img" in html


def test_an_answer_shows_sources_quotes_and_confidence():
    html = view.given("Svaret den gang", EXCHANGE)
    assert "Assistenten svarte. Sikkerhet 0,90." in html
    assert "klynge/laeringsfabrikken.md</span>, side 2" in html
    assert "20261125-041500-0a1b2c3d" in html
    assert "Ingen kilder" in view.given("Da", REFUSAL)


def test_whether_the_answer_is_another_one_today():
    def said(**changed):
        return view.difference(EXCHANGE, replace(EXCHANGE, **changed))

    assert "det samme i dag, med de samme kildene" in said(index="ny", confidence=0.1)
    assert "kildene er andre" in said(sources=())
    assert "et annet i dag" in said(text="Den er 1 800 kvadratmeter. [1]")
    assert "svarte den gang, og fant ikke svar i dag" in said(status="not_found", text="Nei")


def test_the_row_of_a_test_is_told_by_its_norwegian_heads():
    html = view.made(to_question(down("wrong", expected="1 800 kvadratmeter")), "tilbakemeldinger.yaml")
    assert "Lagt til i tilbakemeldinger.yaml" in html
    for part in ("<dt>Id</dt><dd", "T7", "<dt>Må inneholde</dt>", "1 800", "<dt>Fasit</dt>"):
        assert part in html
