from pathlib import Path

import pytest

from raufoss_assistant.errors import SettingsError
from raufoss_assistant.settings import Settings


def test_reads_the_environment():
    settings = Settings.from_environment({"RAUFOSS_CORPUS_DIR": "mine", "RAUFOSS_PORT": "8000", "RAUFOSS_HOST": " "})
    assert (settings.corpus_dir, settings.port, settings.host) == (Path("mine"), 8000, "127.0.0.1")


@pytest.mark.parametrize("port", ["0", "-1", "åtte", "70000", "8.5", "²"])
def test_a_bad_port_is_named(port):
    with pytest.raises(SettingsError, match="RAUFOSS_PORT"):
        Settings.from_environment({"RAUFOSS_PORT": port})


def test_the_process_environment_is_the_default(monkeypatch):
    monkeypatch.setenv("RAUFOSS_DATA_DIR", "annet")
    assert Settings.from_environment().data_dir == Path("annet")
