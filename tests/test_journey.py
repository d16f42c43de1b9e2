import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding_corpus import small_path
from raufoss_assistant.onboarding.journey import Progress, Tried

PATH = small_path()
PATHS = {PATH.id: PATH}
HALFWAY = Progress.begin(PATH).answer(0, right=True).answer(1, right=False).forward(PATH).forward(PATH)


def test_one_goes_forward_to_the_end_and_back():
    progress = Progress.begin(PATH)
    for step in range(5):
        assert (progress.step, progress.finished) == (step, False)
        progress = progress.forward(PATH)
    assert (progress.step, progress.finished) == (4, True)
    assert progress.forward(PATH) == progress
    assert (progress.back().step, progress.back().finished) == (4, False)
    assert progress.back().back().step == 3
    assert Progress.begin(PATH).back() == Progress.begin(PATH)


def test_a_question_is_settled_when_right_or_tried_twice():
    progress = Progress.begin(PATH).answer(0, right=False)
    assert progress.tried(0, 0) == Tried(1, right=False)
    assert not progress.tried(0, 0).settled
    progress = progress.answer(0, right=False)
    assert progress.tried(0, 0).settled
    assert not progress.settled(PATH, 0)
    progress = progress.answer(1, right=True)
    assert progress.settled(PATH, 0)
    assert progress.missed(PATH) == (0, 1, 2, 3, 4)


def test_a_late_right_answer_counts_and_stays():
    progress = Progress.begin(PATH).answer(0, right=False).answer(0, right=False).answer(0, right=True)
    assert progress.tried(0, 0) == Tried(2, right=True)
    assert progress.answer(0, right=False) == progress


def test_beginning_again_forgets_the_answers():
    assert HALFWAY.again() == Progress.begin(PATH)


def test_it_fits_in_a_browser_and_comes_back():
    raw = json.loads(json.dumps(HALFWAY.to_json()))
    assert raw == {"path": "operator", "step": 2, "answered": [[0, 0, 1, True], [0, 1, 1, False]], "finished": False}
    assert Progress.from_json(raw, PATHS) == HALFWAY


@pytest.mark.parametrize(
    "raw",
    [
        None, 7, "operator", [], {}, {"path": None}, {"path": ["operator"], "step": 0}, {"path": "sjef", "step": 0},
        {"path": "operator"}, {"path": "operator", "step": 5}, {"path": "operator", "step": -1},
        {"path": "operator", "step": True}, {"path": "operator", "step": "1"}, {"path": "operator", "step": 1.0},
    ],
)  # fmt: skip
def test_what_cannot_be_read_starts_anew(raw):
    assert Progress.from_json(raw, PATHS) == Progress()


def test_unreadable_answers_are_left_out():
    answered = [
        [0, 0, 1, True],
        [0, 2, 1, True],
        [9, 0, 1, True],
        [0, 1, 9, True],
        [0, 1, 1, 1],
        [True, 0, 1, True],
        "x",
        [0],
        None,
        [0, 0, 2, False],
    ]
    progress = Progress.from_json({"path": "operator", "step": 1, "answered": answered, "finished": True}, PATHS)
    assert progress == Progress("operator", 1, ((0, 0, Tried(2, right=False)),))
    assert Progress.from_json({"path": "operator", "step": 4, "answered": 3, "finished": True}, PATHS).finished


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["path", "step", "answered", "finished"]), x),
    )
)
def test_no_garbage_breaks_it(raw):
    progress = Progress.from_json(raw, PATHS)
    assert Progress.from_json(progress.to_json(), PATHS) == progress
