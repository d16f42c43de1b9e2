import gradio as gr

from raufoss_assistant.web.step import Step, banner, box


def test_what_is_not_named_stays():
    step = Step.of(pending="Hva?")
    assert step.pending == "Hva?"
    assert all(part == gr.skip() for name, part in step._asdict().items() if name != "pending")


def test_no_two_parts_share_what_gradio_may_change():
    step = Step.of()
    assert len({id(part) for part in step}) == len(step)


def test_the_tools_of_a_list_come_together():
    step = Step.of(("rad", "filtre", "lenker"))
    assert (step.tools, step.filters, step.links) == ("rad", "filtre", "lenker")


def test_one_can_ask_or_stop_but_not_both():
    asking, working = box("Hva?"), box("", stop=True)
    assert (asking["value"], asking["submit_btn"], asking["stop_btn"]) == ("Hva?", "Spør", False)
    assert (working["value"], working["submit_btn"], working["stop_btn"]) == ("", False, "Stopp")
    assert "value" not in box()


def test_the_banner_is_there_while_a_question_is_edited():
    assert banner(0)["visible"]
    assert not banner(None)["visible"]
