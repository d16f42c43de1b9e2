from pathlib import Path

import pytest

from raufoss_assistant.errors import SettingsError
from raufoss_assistant.settings import Settings, read


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


def test_the_language_model_is_read_and_its_key_is_not_shown():
    settings = Settings.from_environment(
        {
            "RAUFOSS_LLM_BASE_URL": "http://127.0.0.1:8080/v1",
            "RAUFOSS_LLM_MODEL": "liten",
            "RAUFOSS_LLM_API_KEY": "sk-hemmelig",
            "RAUFOSS_LLM_TIMEOUT": "5",
        }
    )
    assert (settings.llm_base_url, settings.llm_model) == ("http://127.0.0.1:8080/v1", "liten")
    assert (settings.llm_api_key, settings.llm_timeout) == ("sk-hemmelig", 5)
    assert "hemmelig" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("RAUFOSS_LLM_BASE_URL", "localhost:8080", "http://"),
        ("RAUFOSS_LLM_TIMEOUT", "0", "større enn 0"),
        ("RAUFOSS_LLM_CONTEXT", "mye", "helt tall"),
        ("RAUFOSS_RETRIEVAL", "ord", "hybrid, words, vectors"),
        ("RAUFOSS_MAX_PAGES", "-3", "større enn 0"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(variable, value, says):
    with pytest.raises(SettingsError, match=f"{variable}.*{says}.*«{value}»"):
        Settings.from_environment({variable: value})


def test_the_reader_can_be_turned_off_and_hurried():
    chosen = Settings.from_environment({"RAUFOSS_READER": "off", "RAUFOSS_READER_MS": "300"})
    assert (chosen.reader, chosen.reader_ms) == ("off", 300)


def test_what_is_ranked_by_can_be_chosen():
    assert Settings().retrieval == "hybrid"
    assert Settings.from_environment({"RAUFOSS_RETRIEVAL": "words"}).retrieval == "words"


def test_a_single_value_is_read_under_the_name_the_user_gave_it():
    assert read("data_dir", "her", "--data") == Path("her")
    with pytest.raises(SettingsError, match=r"^retrieval må være"):
        read("retrieval", "x", "retrieval")


@pytest.mark.parametrize("address", ["http://bruker:sk-hemmelig@vert/v1", "https://vert/v1?api-key=sk-hemmelig"])
def test_a_key_in_the_address_is_refused_and_not_repeated(address):
    with pytest.raises(SettingsError, match="RAUFOSS_LLM_API_KEY") as caught:
        Settings.from_environment({"RAUFOSS_LLM_BASE_URL": address})
    assert "hemmelig" not in str(caught.value)


@pytest.mark.parametrize("key", ["sk-hemmelig nøkkel", "sk-hemmelig\nX-Annen: 1", "sk-nøkkelen-hemmelig"])
def test_a_key_that_cannot_be_sent_is_refused_and_not_repeated(key):
    with pytest.raises(SettingsError, match="RAUFOSS_LLM_API_KEY") as caught:
        Settings.from_environment({"RAUFOSS_LLM_API_KEY": key})
    assert "hemmelig" not in str(caught.value)
