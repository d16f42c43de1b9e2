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


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("*", ("*",)),
        ("https://www.Example.org", ("https://www.example.org",)),
        ("HTTPS://a.no:443 , http://a.no:80,https://a.no", ("https://a.no", "http://a.no")),
        ("http://127.0.0.1:8000,http://[::1]:8000", ("http://127.0.0.1:8000", "http://[::1]:8000")),
        ("https://blåbær.no", ("https://xn--blbr-roah.no",)),
    ],
)
def test_origins_are_read_as_browsers_write_them(written, read_as):
    assert Settings.from_environment({"RAUFOSS_ALLOWED_ORIGINS": written}).allowed_origins == read_as


@pytest.mark.parametrize(
    "wrong",
    [
        "www.example.org",
        "https://www.example.org/",
        "https://www.example.org/side",
        "https://a.no?x=1",
        "https://kari@a.no",
        "ftp://a.no",
        "https://",
        "https://a..no",
        "https://*.example.org",
        "https://a.no https://b.no",
        "https://a.no; script-src *",
        "null",
    ],
)
def test_what_is_no_origin_is_named(wrong):
    with pytest.raises(SettingsError, match="RAUFOSS_ALLOWED_ORIGINS") as caught:
        Settings.from_environment({"RAUFOSS_ALLOWED_ORIGINS": f"https://ok.example,{wrong}"})
    assert f"«{wrong}»" in str(caught.value)


def test_all_origins_stand_alone():
    with pytest.raises(SettingsError, match="«\\*» alene"):
        read("allowed_origins", "*,https://a.no", "RAUFOSS_ALLOWED_ORIGINS")


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


def test_the_password_of_the_staff_is_read_and_not_shown():
    settings = Settings.from_environment({"RAUFOSS_STAFF_PASSWORD": "tolv tegn er nok"})
    assert settings.staff_password == "tolv tegn er nok"
    assert "tolv" not in repr(settings)
    assert Settings.from_environment({}).staff_password is None


def test_a_short_password_is_refused_and_not_repeated():
    with pytest.raises(SettingsError, match=r"RAUFOSS_STAFF_PASSWORD må ha minst 12 tegn") as caught:
        Settings.from_environment({"RAUFOSS_STAFF_PASSWORD": "elleve tegn"})
    assert "elleve" not in str(caught.value)
