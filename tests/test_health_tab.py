from dataclasses import replace
from pathlib import Path

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.doctor import Finding
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.staff.health_tab import figures, findings
from staff_client import PASSWORD, staff_client


def test_the_figures_are_those_of_the_index(small_assistant):
    shown = figures(small_assistant)
    index = small_assistant.index()
    for part in ("<td>4</td>", f"<td>{len(index.ids)}</td>", index.folder.name, "e5-small", "MB på disken", "GB"):
        assert part in shown
    assert str(small_assistant.settings.data_dir) not in shown


def test_without_an_index_it_says_what_to_do(settings):
    assert "raufoss index" in figures(Assistant(settings))


def test_findings_stand_the_worst_first_without_places_and_escaped():
    settings = Settings(data_dir=Path("/srv/hemmelig/data"), corpus_dir=Path("/srv/hemmelig/corpus"))
    found = [
        Finding("ok", "Indeks: i /srv/hemmelig/data/index"),
        Finding("råd", "<b>x</b>"),
        Finding("feil", "Finner ikke «/srv/hemmelig/corpus»"),
    ]
    shown = findings(found, settings)
    assert shown.index("Feil (1)") < shown.index("Bør ses på (1)") < shown.index("I orden (1)")
    assert "hemmelig" not in shown and "<b>" not in shown
    assert "datamappen/index" in shown


def test_the_check_up_is_made_when_asked(small_assistant):
    assistant = Assistant(replace(small_assistant.settings, staff_password=PASSWORD))
    with staff_client(assistant) as staff:
        staff.log_in()
        told = staff.call("examined", [])
    assistant.close()
    assert "Undersøker" in told and "I orden" in told and "Dokumentmappe: 4 filer" in told
    assert str(small_assistant.settings.data_dir) not in told and PASSWORD not in told
