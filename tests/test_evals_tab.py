from pathlib import Path

import gradio as gr
import pytest

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation import runs
from raufoss_assistant.evaluation.choosing import SETS
from raufoss_assistant.evaluation.command import REPORTS
from raufoss_assistant.evaluation.sets import write_rows
from raufoss_assistant.web.staff.eval_job import EvalJob
from raufoss_assistant.web.staff.evals_tab import EvalPanel, evals_tab
from run_samples import sample_row, sample_run
from staff_blocks import built
from test_eval_job import RIGHT, WRONG, ended


@pytest.fixture
def job(small_assistant):
    return EvalJob(small_assistant, REPORTS)


@pytest.fixture
def panel(job):
    return built(EvalPanel, job)[1]


def test_the_sets_there_are_and_where_they_belong_when_there_are_none(panel):
    choices, standing, *_ = panel.opened()
    assert choices["choices"] == []
    assert "Fant ingen spørsmålssett i mappa evals/sett" in standing
    write_rows(SETS / "fakta.yaml", [RIGHT])
    choices, standing, *_ = panel.opened()
    assert choices["choices"] == ["fakta.yaml"]
    assert standing == ""


def test_what_is_chosen_is_run_and_shown(panel, job):
    write_rows(SETS / "fakta.yaml", [RIGHT, WRONG])
    write_rows(SETS / "andre.yaml", [RIGHT])
    standing, start, stop, timer = panel.start(["fakta.yaml"], "tune", " ", "Alle")
    assert (start["interactive"], stop["visible"], timer.active) == (False, True, True)
    assert standing
    ended(job)
    standing, start, stop, timer, shown, _, _, _, results = panel.looked()
    assert (start["interactive"], stop["visible"], timer.active) == (True, False, False)
    (file,) = runs.kept(REPORTS)
    assert shown["value"] == file.name
    assert runs.load(file).fingerprint.settings == {"sett": "fakta", "del": "tune"}
    assert "<strong>50</strong> av 100" in results
    assert "mangler «2 100»" in results


def test_a_set_or_a_run_that_is_gone_is_told(panel):
    write_rows(SETS / "fakta.yaml", [RIGHT])
    with pytest.raises(UsageError, match=r"borte\.yaml finnes ikke lenger"):
        panel.start(["borte.yaml"], "", "", "10")
    for name in ("../hemmelig.json", "2026-11-25-042000.json"):
        with pytest.raises(UsageError, match="finnes ikke lenger"):
            panel.shown(name, None)


def test_runs_are_shown_and_compared(panel):
    one = runs.keep(sample_run(), REPORTS).name
    two = runs.keep(sample_run(date="2026-11-26T04:20:00"), REPORTS).name
    (REPORTS / "2026-11-24-042000.json").write_text("{}")
    assert "Disse kjøringene kan ikke leses, og er ikke med: 2026-11-24-042000.json" in panel.opened()[-1]
    compared, results = panel.shown(two, "")
    assert compared == ""
    assert "Resultat" in results
    assert "Omtrent som sist" in panel.compared(two, one)
    assert "Velg to forskjellige kjøringer" in panel.compared(two, two)
    assert panel.compared(None, one) == panel.compared(two, None) == ""


def test_runs_without_a_question_in_common_are_no_fault_of_the_page(panel):
    one = runs.keep(sample_run(), REPORTS).name
    two = runs.keep(sample_run([sample_row("X")], date="2026-11-26T04:20:00"), REPORTS).name
    assert "ingen spørsmål til felles" in panel.compared(two, one)


def test_no_handler_of_the_tab_can_be_called_by_others(small_assistant):
    page, _ = built(evals_tab, small_assistant, within=gr.Tabs)
    assert len(page.fns) > 5
    for each in page.fns.values():
        assert each.api_visibility == "private"
        with pytest.raises(gr.Error, match="ikke logget inn"):
            each.fn(gr.Request(username=None))
    assert not Path(REPORTS).exists()
