import pytest

from onboarding_corpus import FOLDER, real_documents
from raufoss_assistant.onboarding.handbook import Handbook
from raufoss_assistant.onboarding.journey import Progress
from raufoss_assistant.web.guide_values import forward_button, shown


@pytest.fixture(scope="module")
def handbook():
    return Handbook.of(FOLDER, real_documents().values())


def test_every_view_has_a_value_for_every_part(handbook):
    path = handbook.paths["leder"]
    progress = Progress.begin(path)
    counts = {len(shown(handbook, Progress())), len(shown(handbook, progress, choosing=True))}
    for _ in range(8):
        counts.add(len(shown(handbook, progress)))
        progress = progress.forward(path)
    assert len(counts) == 1


def test_the_way_forward_stands_out_when_the_questions_are_done_with(handbook):
    path = handbook.paths["leder"]
    progress = Progress.begin(path)
    assert forward_button(path, progress)["variant"] == "secondary"
    progress = progress.answer(0, right=True)
    assert (forward_button(path, progress)["variant"], forward_button(path, progress)["value"]) == (
        "primary",
        "Neste steg",
    )
    for _ in range(6):
        progress = progress.forward(path)
    assert forward_button(path, progress)["value"] == "Fullfør løpet"
    assert forward_button(path, progress.forward(path))["visible"] is False


def test_the_progress_comes_first_and_what_is_said_second(handbook):
    first, second, *_ = shown(handbook, Progress("leder", 2), "hei")
    assert (first["path"], first["step"], second) == ("leder", 2, "hei")
