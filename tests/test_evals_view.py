from pathlib import Path

import pytest

from evaluation_rows import made, question, row
from raufoss_assistant.errors import EvaluationError
from raufoss_assistant.evaluation import runs
from raufoss_assistant.web.staff import evals_view as view
from raufoss_assistant.web.staff.eval_job import Standing
from run_samples import sample_row, sample_run


def test_how_far_it_has_come():
    assert view.standing(Standing("idle")) == view.standing(Standing("done", file=Path("a.json"))) == ""
    assert "merk" in view.standing(Standing("running", "Stiller spørsmål: 3 av 70"))
    html = view.standing(Standing("failed", "a.yaml, rad 1: <b>\na.yaml, rad 2: tull"))
    assert "rettet i spørsmålssettene" in html
    assert html.count("<li>") == 2
    assert "<b>" not in html


def test_kept_runs_are_named_and_unreadable_ones_told():
    folder = Path("reports")
    runs.keep(sample_run(), folder)
    runs.keep(sample_run(date="2026-11-26T04:20:00"), folder)
    (folder / "2026-11-27-042000.json").write_text("{}")
    found, unread = view.kept(folder)
    assert [name for _, name in found] == ["2026-11-26-042000.json", "2026-11-25-042000.json"]
    assert found[1][0] == "25. november 2026 kl. 04.20 · 3 spørsmål · 50 % riktige · retrieval: hybrid"
    assert unread == ["2026-11-27-042000.json"]
    assert view.kept(Path("borte")) == ([], [])


def test_results_have_figures_intervals_failures_and_plots():
    html = view.results(sample_run(), [sample_run(date="2026-11-24T04:20:00")])
    assert "<strong>50</strong> av 100 får riktig svar" in html
    assert "66,7" in html  # right, of all three
    assert "Leste riktig sted, men svarte feil (1)" in html
    assert "mangler «19 prosent»" in html
    assert "«19 prosent» eller «19 %»" in html
    assert "Assistenten svarte" in html
    assert html.count('src="data:image/svg+xml;base64,') == 5
    assert "\n" not in html


def test_without_failures_it_says_so_and_with_many_it_is_cut():
    assert "Alle svar var som ventet." in view.results(sample_run([sample_row()]), [])
    rows = [sample_row(f"F{n}", ok=False) for n in range(view.MOST_FAILURES + 7)]
    html = view.results(sample_run(rows), [])
    assert html.count('<details class="feilsvar">') == view.MOST_FAILURES
    assert f"Viser de første {view.MOST_FAILURES} av {view.MOST_FAILURES + 7}" in html


def test_what_sets_and_documents_say_is_text():
    evil = "<img src=x onerror=alert(1)>\n\n**fet**"
    asked = question("<b>", question=evil, must_contain=(evil,), documents=(evil,), note=evil)
    run = made([row(asked, ok=False, text=evil, faults=(evil,), stage="not_answered", set=evil)])
    for html in (view.results(run, []), view.compared(run, run)):
        assert "<img src=x" not in html
        assert "<b>" not in html
        assert "\n" not in html


def test_two_runs_are_compared_question_by_question():
    before = sample_run([sample_row("F1"), sample_row("F2", ok=False), sample_row("F3")])
    after = sample_run([sample_row("F1", ok=False), sample_row("F2"), sample_row("F3")], documents="andre")
    html = view.compared(before, after)
    assert '<h4>Ble riktige: 1</h4><ul><li><span class="sti">F2</span> Hvor mye gir SkatteFUNN?' in html
    assert '<h4>Ble gale: 1</h4><ul><li><span class="sti">F1</span>' in html
    assert "1 spørsmål gikk som før" in html
    assert "Omtrent som sist" in html
    assert "Dokumentene er ikke de samme" in html
    assert '<td class="number">66,7</td>' in html
    with pytest.raises(EvaluationError, match="ingen spørsmål til felles"):
        view.compared(before, sample_run([sample_row("X1")]))
