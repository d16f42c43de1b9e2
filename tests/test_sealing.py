import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.errors import UsageError
from raufoss_assistant.web.sealing import LONGEST_SEALED, Seal


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("segl") / "data"


def test_what_is_sealed_is_opened_also_after_a_restart(data_dir):
    content = "Læringsfabrikken".encode() * 1000
    sealed = Seal(data_dir).sealed(content)
    assert len(sealed) < len(content)
    assert Seal(data_dir).opened(sealed) == content


def test_the_key_is_for_the_server_alone(data_dir):
    Seal(data_dir).sealed(b"")
    (key,) = data_dir.glob("*.key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_bytes()) == 32


def test_another_server_opens_nothing(data_dir, tmp_path):
    with pytest.raises(UsageError, match="kan ikke åpnes"):
        Seal(tmp_path).opened(Seal(data_dir).sealed(b"Hei"))


@given(at=st.integers(min_value=0), flip=st.integers(1, 255))
def test_no_byte_can_be_changed(data_dir, at, flip):
    raw = bytearray(base64.urlsafe_b64decode(Seal(data_dir).sealed(b"Svaret er 19 prosent.")))
    raw[at % len(raw)] ^= flip
    with pytest.raises(UsageError):
        Seal(data_dir).opened(base64.urlsafe_b64encode(raw).decode())


@pytest.mark.parametrize(
    "forged", [None, 7, b"AAAA", [], {}, "", "A", "æøå", "AAAA" * 20, "A" * (LONGEST_SEALED + 4), "\ud800", "=" * 99]
)
def test_what_is_no_seal_is_told_and_not_opened(data_dir, forged):
    with pytest.raises(UsageError, match="kan ikke åpnes"):
        Seal(data_dir).opened(forged)


def test_those_who_come_first_together_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        sealed = list(threads.map(lambda _: Seal(tmp_path / "data").sealed(b"Hei"), range(8)))
    assert len(set(sealed)) == 1
