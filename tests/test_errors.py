import errno

import pytest

from raufoss_assistant.errors import reason


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOENT, "finnes ikke"),
        (errno.EACCES, "ingen tilgang"),
        (errno.EISDIR, "er en mappe, ikke en fil"),
        (errno.ENOSPC, "disken er full"),
    ],
)
def test_the_system_s_refusal_is_told_in_norwegian(number, told):
    assert reason(OSError(number, "in English")) == told


def test_an_unknown_refusal_keeps_the_system_s_words():
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"


def test_a_refusal_without_a_number_keeps_its_words():
    assert reason(OSError("the file is cut off")) == "the file is cut off"


def test_a_refusal_without_number_or_words_is_told_by_its_kind():
    assert reason(OSError()) == "OSError"


def test_a_real_refusal(tmp_path):
    with pytest.raises(OSError) as caught:
        (tmp_path / "fil").joinpath("under").read_text()
    assert reason(caught.value) == "finnes ikke"
    with pytest.raises(OSError) as caught:
        tmp_path.read_text()
    assert reason(caught.value) == "er en mappe, ikke en fil"
