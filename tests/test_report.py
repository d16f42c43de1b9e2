"""The report: what stands where, in which order, and that nothing written by others gets out of its place."""

import base64
import hashlib
import re
import unicodedata
from dataclasses import replace
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from browsing import needs_chromium
from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.gate import compare
from raufoss_assistant.evaluation.model import Change, Comparison, Question, QuestionSet
from raufoss_assistant.evaluation.report import linker, plain, shown, verdict, write_report
from raufoss_assistant.evaluation.runner import run
from raufoss_assistant.model import Turn
from run_samples import CITED, PASSAGE, sample_row, sample_run

NASTY = [
    "<script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "{{ 7 * 7 }}{% for a in b %}",
    "æøå ÆØÅ é 😀 日本語",
]


@pytest.fixture
def report(tmp_path):
    """Writes a report and gives it parsed."""

    def written(run, earlier=(), comparison=None, folder="ut"):
        path = write_report(run, tmp_path / folder, earlier, comparison, tmp_path / "corpus")
        return BeautifulSoup(path.read_text("utf-8"), "lxml")

    return written


def words(element):
    """Text on one line."""
    return " ".join(element.get_text(" ").split())


def test_it_is_one_file_in_norwegian_and_the_same_each_time(tmp_path):
    earlier = [sample_run(date="2026-11-24T16:02:00")]
    one = write_report(sample_run(), tmp_path / "en/to", earlier, compare(earlier[0], sample_run()))
    two = write_report(sample_run(), tmp_path / "tre", earlier, compare(earlier[0], sample_run()))
    assert one == tmp_path / "en/to/rapport.html" and list(one.parent.iterdir()) == [one]
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes().startswith(b'<!DOCTYPE html>\n<html lang="nb">')


def test_the_first_screen_says_what_was_measured_and_how_it_went(report):
    rows = [sample_row(f"F{n}", ok=n < 82) for n in range(100)]
    rows += [
        sample_row("U1", expected="not_found"),
        sample_row("U2", ok=False, expected="not_found", status="answered", stage="wrongly_answered"),
    ]
    page = report(sample_run(rows))
    assert "Målt 25. november 2026 kl. 04.20 · 102 spørsmål · kode 688fb2f · dokumenter 4f1d2a99" in words(page.header)
    answerable, refused, wrong = map(words, page.select(".tile"))
    assert "82 av 100 får riktig svar mellom 73 og 88 · 82 av 100 spørsmål" in answerable
    assert "50 av 100 får vite det mellom 9 og 91 · 1 av 2 spørsmål" in refused
    assert "19 av 102 spørsmål" in wrong
    assert not page.select(".verdict")


def test_failures_of_every_kind_come_before_plots_and_tables(report):
    followed = sample_row("O1", ok=False, question={"kind": "oppfølging"})
    page = report(sample_run([sample_row("F1"), sample_row("F2", ok=False), followed]))
    assert [section["id"] for section in page.select("main > section[id]")] == [
        "feil", "figurer", "tall", "riktige", "grunnlag",
    ]  # fmt: skip
    assert [article.select_one(".id").text for article in page.select("article")] == ["F2", "O1"]
    assert "2 av 3 spørsmål" in words(page.select(".tile")[2])
    assert [words(row.th) for row in page.select("#riktige tbody tr")] == ["F1 Fakta"]


def test_a_failure_shows_all_that_is_needed_to_judge_it(report, tmp_path):
    (tmp_path / "corpus/finansiering").mkdir(parents=True)
    (tmp_path / "corpus/finansiering/skattefunn.md").write_text("x", "utf-8")
    other = replace(PASSAGE, document="kurs/katalog.pdf", page=4, right=False, right_document=False, text="Noe annet.")
    row = sample_row(
        "F2", ok=False, stage="not_ranked", retrieved=(other,) * 5 + (PASSAGE,), suspicions=("siden finnes ikke",),
        citations=(replace(CITED, verified=False, right=False),), faults=("mangler «19 prosent»", "feil språk"),
        question={"documents": ("finansiering/skattefunn.md", "kurs/katalog.pdf#4"), "history": (Turn("user", "Hei"), Turn("assistant", "Hei selv")), "must_not_contain": ("20 prosent",),
                  "records": ("SkatteFUNN|Skattefunn",), "answer": "19 prosent", "note": "Satsen fra 2023", "tags": ("sats",)},
    )  # fmt: skip
    page = report(sample_run([row]))
    group = page.select_one("details.stage")
    assert group.has_attr("open") and "Hentet, men for langt nede 1" in words(group.summary)
    assert "slå dem sammen eller fjern det gamle" in words(group.select_one(".remedy"))
    said = words(group.article)
    for part in (
        "F2 Fakta sett: finansiering innstilling #sats Mistenkelig fasit", "Bruker: Hei Assistent: Hei selv",
        "mangler «19 prosent» feil språk", "Se på fasiten først: siden finnes ikke", "Assistenten svarte",
        "✗ ikke ventet kilde", "✗ sitatet står ikke ordrett der", "Den var 82 % sikker på at dokumentene svarer. Språk: bokmål.",
        "Ventet et svar, på bokmål", "Må inneholde «19 prosent» eller «19 %»", "Må ikke inneholde «20 prosent»",
        "Skal nevne «SkatteFUNN» eller «Skattefunn»", "Fasit 19 prosent", "Fra ett av finansiering/skattefunn.md kurs/katalog.pdf , side 4", "Merknad Satsen fra 2023",
        "Søkt etter: «Hvor mye gir SkatteFUNN?»", "kurs/katalog.pdf , side 4", "treff 4,25",
        "Riktig sted kom først på plass 6: finansiering/skattefunn.md",
    ):  # fmt: skip
        assert part in said, part
    assert len(group.select(".found ol > li")) == 5
    assert {link["href"] for link in group.article.select("a")} == {"../corpus/finansiering/skattefunn.md"}
    marked = report(sample_run([sample_row("F3", ok=False)]))
    assert "✓ riktig sted" in words(marked.select_one(".found ol > li"))
    assert "Riktig sted kom først" not in words(marked.article)


def test_failures_are_grouped_in_the_order_of_a_questions_way(report):
    rows = [
        sample_row(f"F{n}", ok=False, stage=stage)
        for n, stage in enumerate(("wrong_language", "not_indexed", "not_indexed"))
    ]
    page = report(sample_run(rows))
    assert [words(group.summary) for group in page.select("details.stage")] == ["Ikke i indeksen 2", "Feil språk 1"]
    assert [words(item) for item in page.select(".overview li")] == ["Ikke i indeksen 2", "Feil språk 1"]


def test_where_nothing_is_wrong_it_says_so(report):
    page = report(sample_run([sample_row("F1", suspicions=("fasiten står ikke i dokumentet",))]))
    assert "Ingen. Alle svar var som ventet." in words(page.select_one("#feil"))
    assert "1 har mistenkelig fasit" in words(page.select_one("#riktige"))
    assert "fasiten står ikke i dokumentet" in words(page.select_one("#riktige"))
    assert "Ingen spørsmål uten svar er med i denne kjøringen." in words(page.select(".tile")[1])
    assert not page.select("form, script, #sprakmodell")


def test_all_measures_stand_with_interval_n_and_explanation(report):
    run = sample_run()
    page = report(run)
    tables = page.select("#tall table")
    row = next(row for row in tables[0].select("tbody tr") if "Riktige svar" in row.text)
    assert [words(cell) for cell in row.select("td")] == ["66,7 0,0–100,0", "3"]
    assert "Alt kom som ventet" in row.th.text
    assert [words(cell) for cell in tables[1].select("thead th")] == ["Mål", "Fakta n = 2", "Uten svar n = 1"]
    assert page.select_one("#tall").text.count("auroc") == 0


def test_measures_of_one_kind_only_stand_in_the_table(report):
    needs = sample_row("B", question={"kind": "behov"}, scores={"right": 1.0, "needs_ndcg@10": 0.5})
    found = report(sample_run([sample_row("F"), needs])).select_one("#tall .kinds")
    cells = {words(line.th): [words(cell) for cell in line.select("td")] for line in found.select("tbody tr")}
    assert cells["Det som passer best, først"] == ["–", "50 50–50"]


def test_what_a_language_model_thinks_stands_apart(report):
    rows = [
        sample_row("F1", judged={"faithfulness": 0.9}),
        sample_row("F2", ok=False, judged={"faithfulness": 0.5, "new": 1.0}),
    ]
    page = report(sample_run(rows))
    assert "Holder seg til kildene" not in words(page.select_one("#tall"))
    apart = words(page.select_one("#sprakmodell tbody"))
    assert "Holder seg til kildene Alt som sies i svaret, har dekning i det som er sitert. 70,0 50,0–90,0 2" in apart
    assert "Holder seg til kildene: 0,50. new: 1,00." in words(page.article)


def test_the_run_beside_an_earlier_one(report):
    former = [sample_row("F1", ok=False), sample_row("F2"), sample_row("G1")]
    before = sample_run(former, date="2026-11-24T16:02:00", documents="x")
    after = sample_run([sample_row("F1"), sample_row("F2", ok=False), sample_row("H1")])
    page = report(after, [before], compare(before, after))
    box = page.select_one(".verdict")
    assert "same" in box["class"] and box.h2.text == "Omtrent som sist"
    assert "kjøringen 24. november 2026 kl. 16.02 (kode 688fb2f)." in words(box)
    assert "0 spørsmål gikk som da; 2 kan ikke sammenlignes." in words(box)
    assert "Dokumentene er ikke de samme." in words(box)
    won, lost = box.select(".moved > div")
    assert "Ble riktige: 1" in words(won) and "Ble gale: 1" in words(lost)
    target = page.select_one(lost.a["href"])
    assert target.name == "article" and target.select_one(".id").text == "F2"
    assert page.select_one(won.a["href"]).name == "tr"


def change(metric="right", before=0.84, after=0.79, p=0.01, worse=True):
    return Change(metric, before, after, p, 50, worse)


@pytest.mark.parametrize(
    ("changes", "tone", "sentence"),
    [
        ((), "same", "Ingen mål endret seg mer enn tilfeldigheter kan forklare."),
        ((change(p=0.4, worse=False),), "same", "Ingen mål endret seg mer enn tilfeldigheter kan forklare."),
        ((change(),), "worse", "«Riktige svar» falt fra 84 til 79 av 100. Fallet er større enn tilfeldigheter tilsier."),
        ((change(after=0.9, worse=False),), "better", "«Riktige svar» steg fra 84 til 90 av 100. Ingenting ble klart dårligere."),
        ((change("hit@5"), change("clean"), change("ny"), change()), "worse",
         "«Riktige svar» falt fra 84 til 79, «Fri for det som ikke må være med» falt fra 84 til 79, "
         "«Riktig sted blant de 5 øverste» falt fra 84 til 79 av 100. Fallet er større enn tilfeldigheter tilsier."),
    ],
)  # fmt: skip
def test_the_verdict(changes, tone, sentence):
    found = verdict(Comparison(sample_run().fingerprint, changes, (), (), 0, (), ()))
    assert (found.tone, found.sentence) == (tone, sentence)


def nasty(text):
    """A run where all that others write is the given text."""
    passage = replace(PASSAGE, document=text, heading=text, text=text)
    cited = replace(CITED, document=text, title=text, quote=text)
    question = {"question": text, "documents": (text,), "records": (text,), "must_contain": (text,), "must_not_contain": (text,),
                "answer": text, "note": text, "tags": (text,), "history": (Turn("user", text),)}  # fmt: skip
    changed = {"set": text, "text": text, "search_query": text, "citations": (cited,), "retrieved": (passage,),
               "suspicions": (text,), "question": question}  # fmt: skip
    rows = [
        sample_row(text, **changed, ok=False, faults=(text,)),
        sample_row(f"{text}2", **changed),
    ]
    return sample_run(rows, settings={text: text}, commit=text, model=text)


@pytest.mark.parametrize("text", NASTY)
def test_text_of_others_stays_text(report, text):
    run = nasty(text)
    comparison = Comparison(run.fingerprint, (), (text,), (f"{text}9",), 0, (), (text,))
    harmless = report(nasty("x"), [nasty("x")], Comparison(run.fingerprint, (), ("x",), ("x9",), 0, (), ("x",)), "b")
    page = report(run, [run], comparison, "a")
    assert [tag.name for tag in page.find_all(True)] == [tag.name for tag in harmless.find_all(True)]
    assert all(not name.startswith("on") for tag in page.find_all(True) for name in tag.attrs)
    assert page.h4.text == text
    assert page.select_one(".faults").text == page.select_one(".found blockquote").text == text


def test_a_document_cannot_be_an_address_that_does_something(report, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/javascript:alert(1)").write_text("x", "utf-8")
    (tmp_path / "hemmelig.txt").write_text("x", "utf-8")
    names = [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://example.org/x",
        "../hemmelig.txt",
        "../hemmelig.txt#2",
        "/etc/hostname",
        "a\0b",
        "x" * 5000,
    ]
    rows = [sample_row(str(n), ok=False, question={"documents": (name,)}) for n, name in enumerate(names)]
    page = report(sample_run(rows))
    links = {link["href"] for link in page.select("article a")}
    assert links == {"../corpus/javascript%3Aalert%281%29"}
    assert "https://example.org/x" in words(page)


def test_links_lead_to_the_file_and_the_page(tmp_path):
    corpus = tmp_path / "mine dokumenter #1"
    (corpus / "kurs").mkdir(parents=True)
    for name in ("katalog.pdf", "blå.md"):
        (corpus / "kurs" / name).write_text("x", "utf-8")
    link = linker(tmp_path / "ut" / "i dag", corpus)
    assert link("kurs/katalog.pdf", 4) == "../../mine%20dokumenter%20%231/kurs/katalog.pdf#page=4"
    assert link("kurs/blå.md", 4) == link("kurs/blå.md") == "../../mine%20dokumenter%20%231/kurs/bl%C3%A5.md"
    assert (tmp_path / "ut" / "i dag" / unquote(link("kurs/blå.md"))).resolve() == corpus / "kurs/blå.md"
    assert link("kurs") is link("kurs/finnes-ikke.md") is link("") is None


def test_what_nobody_would_see_is_made_visible(report):
    text = "\x1b[31mrød\x00 \u202eבא\u2066 \ud800 a\u200bb\tc"
    page = report(sample_run([sample_row("F", ok=False, text=text, question={"question": text})]))
    assert page.h4.text == "⟨U+001B⟩[31mrød⟨U+0000⟩ ⟨U+202E⟩בא⟨U+2066⟩ ⟨U+D800⟩ a⟨U+200B⟩b\tc"
    hidden = {letter for letter in str(page) if unicodedata.category(letter) in ("Cc", "Cf", "Cs")}
    assert hidden <= {"\n", "\t"}
    assert page.h4["dir"] == "auto"


def test_line_ends_and_soft_hyphens_are_left_as_they_are():
    assert shown("a\r\nb\tc\u00add") == "a\nb\tc\u00add"


def test_markdown_escapes_are_taken_away_and_paragraphs_kept(report):
    assert plain(r"1\. juli \*ikke\* c:\temp") == "1. juli *ikke* c:\\temp"
    page = report(sample_run([sample_row("F", ok=False, text="En\\.\n\n- to\n- tre")]))
    assert [part.text for part in page.select("article .answer p")] == ["En.", "- to\n- tre"]


def test_a_very_long_question_is_shown_whole_but_short_in_lists(report):
    text = "Lang " * 800
    run = sample_run([sample_row("F", ok=False, question={"question": text})])
    page = report(run, [], Comparison(run.fingerprint, (), (), ("F",), 0, (), ()))
    assert page.h4.text == text and len(page.select_one(".moved li").text) < 130


def test_nothing_is_fetched_from_outside(report):
    before = sample_run(date="2026-11-20T10:00:00")
    page = report(sample_run(), [before], compare(before, sample_run()))
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
    digest = base64.b64encode(hashlib.sha256(page.script.string.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not page.find_all(["link", "img", "iframe", "object", "embed", "base", "image"])
    addresses = [tag.get(name, "") for tag in page.find_all(True) for name in ("src", "href", "xlink:href", "action")]
    assert all(address.startswith("#") for address in addresses if address)
    assert not re.search(r"@import|url\((?!#)", str(page))


def test_no_two_elements_have_the_same_id(report):
    before = sample_run(date="2026-11-20T10:00:00")
    ids = [tag["id"] for tag in report(sample_run(), [before]).select("[id]")]
    assert len(ids) == len(set(ids))


def test_a_folder_that_cannot_be_written_is_told_in_norwegian(tmp_path):
    (tmp_path / "fil").write_text("x", "utf-8")
    with pytest.raises(UsageError, match=r"Kan ikke skrive rapporten til «.*rapport.html».*Velg en annen mappe"):
        write_report(sample_run(), tmp_path / "fil", [], None)


def test_a_real_answer(report, small_assistant):
    questions = [
        Question("R1", "Hvor stor er Læringsfabrikken?", "fakta", documents=("klynge/laeringsfabrikken.md",), must_contain=("1 500",)),
        Question("R2", "Hvor mange ansatte har bedriftene?", "fakta", documents=("klynge/mangler.md",), must_contain=("9 000",)),
    ]  # fmt: skip
    page = report(run([QuestionSet("prøve", tuple(questions))], small_assistant.settings, small_assistant))
    assert "500 kvadratmeter" in page.select_one("#riktige").text
    assert [words(group.summary) for group in page.select("details.stage")] == ["Ikke i indeksen 1"]
    assert "finnes ikke i indeksen" in words(page.select_one(".suspicion"))


@pytest.mark.browser
@needs_chromium
def test_in_a_browser_the_filter_works_and_the_page_is_never_wider_than_a_telephone(browser, tmp_path):
    rows = [
        sample_row("F1", ok=False, text="Ord_" * 300),
        sample_row("F2", ok=False, stage="not_retrieved", question={"kind": "dato"}),
    ]
    path = write_report(sample_run(rows), tmp_path, [sample_run(date="2026-11-20T10:00:00")], None)
    page = browser.new_page(viewport={"width": 400, "height": 800})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    assert page.locator("#antall").inner_text() == "Viser 2 av 2 feil."
    page.get_by_role("combobox", name="Type").select_option("Dato")
    assert page.locator("#antall").inner_text() == "Viser 1 av 2 feil."
    assert page.locator("article:visible .id").all_inner_texts() == ["F2"]
    assert page.locator(".stage:visible").count() == 1
    page.get_by_role("button", name="Vis alle").click()
    page.get_by_role("searchbox", name="Søk").fill("F1 ord_")
    assert page.locator("article:visible .id").all_inner_texts() == ["F1"]
    assert complaints == []
    page.close()
