"""The plots: the same for the same run, nothing from outside, words and figures in Norwegian."""

import re

import pytest
from lxml import etree

from raufoss_assistant.evaluation.plots import Plot, calibration, latency, plots, right_by_kind, stages, trend
from run_samples import sample_row, sample_run

EARLIER = sample_run(date="2026-11-20T10:00:00", questions="others")


def texts(plot):
    """The words in a plot."""
    return ["".join(text.itertext()) for text in etree.fromstring(plot.svg).iter("{*}text")]


@pytest.fixture(scope="module")
def drawn():
    """Plots of a run with one before it."""
    return plots(sample_run(), [EARLIER])


def test_the_same_run_gives_the_same_plots(drawn):
    assert plots(sample_run(), [EARLIER]) == drawn


def test_each_plot_has_title_explanation_axes_and_a_text_for_those_who_cannot_see(drawn):
    assert len(drawn) == 5
    for plot in drawn:
        svg = etree.fromstring(plot.svg)
        assert plot.title and plot.text.endswith(".")
        assert svg.get("role") == "img" and svg.get("aria-label").startswith(plot.title)
    axes = [("Andel riktige", "Type spørsmål"), ("Antall spørsmål", "Ledd"), ("Millisekunder", "Ledd"),
            ("Hvor sikker assistenten var på at dokumentene svarer", "Andel som har svar i dokumentene"), ("Kjøring", "Andel")]  # fmt: skip
    for plot, names in zip(drawn, axes, strict=True):
        assert set(names) <= set(texts(plot))


def test_nothing_comes_from_outside_and_no_two_ids_are_alike(drawn):
    ids = [id_ for plot in drawn for id_ in re.findall(r'\bid="([^"]+)"', plot.svg)]
    assert ids and len(ids) == len(set(ids))
    for plot in drawn:
        assert plot.svg.startswith("<svg") and "<!" not in plot.svg and "<style" not in plot.svg
        addresses = {etree.QName(each).namespace for each in etree.fromstring(plot.svg).iter()}
        assert addresses == {"http://www.w3.org/2000/svg"}
        links = re.findall(r'(?:href="|url\()([^")]+)', plot.svg)
        assert links and all(link.startswith("#") and link[1:] in ids for link in links)


def test_shares_have_interval_and_n():
    plot = right_by_kind([sample_row(f"F{n}", ok=n > 0) for n in range(4)] + [sample_row("U", expected="not_found")])
    assert {"Fakta (n = 4)", "75 %", "Uten svar (n = 1)", "100 %"} <= set(texts(plot))
    assert "95 %-intervallet" in plot.text
    assert len(re.findall("LineCollection", plot.svg)) == 1


def test_the_name_of_the_axis_fits_beside_a_single_kind():
    svg = etree.fromstring(right_by_kind([sample_row("F1")]).svg)
    assert float(svg.get("height").removesuffix("pt")) >= 108


def test_stages_are_counted_in_the_order_of_a_questions_way():
    plot = stages([sample_row("A", ok=False, stage="not_retrieved"), sample_row("B", ok=False, stage="wrong_language")])
    said = texts(plot)
    assert said.index("Ikke i indeksen") < said.index("Ikke hentet") < said.index("Feil språk")
    assert "Ikke hentet 1, Feil språk 1." in plot.svg


def test_confidence_is_held_against_whether_the_documents_answer():
    rows = [sample_row(f"A{n}", confidence=0.95) for n in range(3)]
    rows += [sample_row(f"U{n}", expected="not_found", confidence=1.0) for n in range(1)]
    rows += [sample_row("L", expected="not_found", confidence=0.0)]
    plot = calibration(rows)
    assert "0 % sikker: 0 % av 1; 96 % sikker: 75 % av 4." in plot.svg
    assert {"n", "1", "4"} <= set(texts(plot))


def test_confidence_says_nothing_where_all_questions_have_an_answer():
    plot = calibration([sample_row("A1", confidence=0.2), sample_row("A2")])
    assert plot.svg == "" and "både spørsmål som har svar, og spørsmål som ikke har det" in plot.text


def test_latency_is_written_with_comma_and_thousands():
    plot = latency({"retrieval_p50_ms": 9.46, "retrieval_p95_ms": 23.0, "total_p50_ms": 1129.5, "total_p95_ms": 1316.0})
    assert {"9,5", "23", "1\u202f130", "1\u202f316", "Søke i dokumentene", "I alt"} <= set(texts(plot))


def test_the_trend_says_which_runs_had_other_questions():
    other, alike = trend([EARLIER, sample_run()]), trend([sample_run(date="2026-11-24T16:02:00"), sample_run()])
    assert "Hule punkter" in other.text and "Hule punkter" not in alike.text
    assert {"20.11. 10.00", "25.11. 04.20"} <= set(texts(other))


def test_the_trend_ends_with_the_run_whatever_the_order_of_the_earlier_ones():
    later = sample_run(date="2026-11-21T10:00:00")
    assert plots(sample_run(), [later, EARLIER])[-1] == plots(sample_run(), [EARLIER, later])[-1]


def test_many_runs_are_cut_to_the_newest():
    runs = [sample_run(date=f"2026-11-{day:02}T10:00:00") for day in range(1, 20)]
    said = texts(trend(runs))
    assert "19.11. 10.00" in said and "8.11. 10.00" in said and "7.11. 10.00" not in said


@pytest.mark.parametrize(
    "plot",
    [stages([sample_row()]), calibration([]), latency({"seconds": 3.0}), trend([sample_run()])],
    ids=["stages", "confidence", "latency", "trend"],
)
def test_where_there_is_nothing_to_draw_it_says_so(plot):
    assert plot.svg == "" and plot.title and plot.text.endswith(".")


def test_every_kind_is_drawn():
    rows = [sample_row("F"), sample_row("O", ok=False, question={"kind": "oppfølging"})]
    kinds, wrong, *_ = plots(sample_run(rows), [])
    assert "Oppfølging 0 % av 1" in kinds.svg
    assert "Leste riktig sted, men svarte feil 1" in wrong.svg


def test_without_answers_and_refusals_there_is_no_trend():
    only = sample_run([sample_row("A", expected="clarify")])
    assert trend([only, only]) == Plot(
        "Utvikling", "Det trengs spørsmål som har svar, eller spørsmål som ikke har det, for å se dette.", ""
    )


def test_a_run_without_answerable_questions_can_stand_in_the_trend():
    only = [sample_row("U", expected="not_found")]
    assert "avvist 100 %" in trend([sample_run(only), sample_run(only)]).svg
