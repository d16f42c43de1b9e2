import gradio as gr
import pytest

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.web.staff.access import STAFF
from raufoss_assistant.web.staff.search_tab import search_tab
from staff_blocks import built


def handlers(assistant):
    page, _ = built(search_tab, assistant, within=gr.Tabs)
    return list(page.fns.values())


def told(assistant, *asked):
    return list(handlers(assistant)[0].fn(gr.Request(username=STAFF), *asked))


def test_it_says_that_it_searches_and_then_what_it_found(small_assistant):
    waiting, found = told(small_assistant, "Hvor stor er Læringsfabrikken?", "", "hybrid")
    assert "Søker" in waiting
    assert "klynge/laeringsfabrikken.md" in found


@pytest.mark.parametrize(
    ("asked", "said"),
    [(("", "", "hybrid"), "Spørsmålet er tomt"), (("Hva?", "", "sql"), "Velg hva det skal søkes med")],
)
def test_what_cannot_be_searched_for_is_explained(small_assistant, asked, said):
    assert said in told(small_assistant, *asked)[-1]


def test_without_an_index_the_remedy_is_shown(settings):
    assert "raufoss index" in told(Assistant(settings), "Hvor stor er Læringsfabrikken?", "", "hybrid")[-1]


def test_no_handler_of_the_tab_can_be_called_by_others(small_assistant):
    for each in handlers(small_assistant):
        assert each.api_visibility == "private"
        with pytest.raises(gr.Error, match="ikke logget inn"):
            next(each.fn(gr.Request(username=None), "Hva er en katapult?", "", "hybrid"))
