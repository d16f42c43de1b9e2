import pytest

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.web.staff.holdings import found_in, holdings, preview


@pytest.fixture
def assistant(settings):
    assistant = Assistant(settings)
    yield assistant
    assistant.close()


def states(assistant, failed=None):
    return {each.path: each.state for each in holdings(assistant, failed or {})}


def test_without_an_index_all_is_new(assistant):
    assert set(states(assistant).values()) == {"ny"}
    assert preview(assistant, "klynge/nce-manufacturing.md") is None


def test_each_state_is_seen(assistant, settings):
    old = settings.corpus_dir / "klynge" / "gammel.md"
    old.write_text("---\nvalid_to: 2020-01-01\ndate: i går\n---\n# Gammel\n\nGammel tekst.", "utf-8")
    assistant.build()
    (settings.corpus_dir / "klynge" / "laeringsfabrikken.md").unlink()
    (settings.corpus_dir / "finansiering" / "skattefunn.md").write_text("# Endret", "utf-8")
    (settings.corpus_dir / "kurs").mkdir()
    (settings.corpus_dir / "kurs" / "lean.md").write_text("# Lean", "utf-8")
    (settings.corpus_dir / "kurs" / "tom.md").write_text("", "utf-8")
    (settings.corpus_dir / "kurs" / "bilde.zip").write_text("", "utf-8")
    assert states(assistant, {"kurs/tom.md": "filen er tom"}) == {
        "finansiering/skattefunn.md": "endret",
        "katapult/robotcelle.md": "i bruk",
        "klynge/gammel.md": "utgått",
        "klynge/laeringsfabrikken.md": "fjernet",
        "klynge/nce-manufacturing.md": "i bruk",
        "kurs/bilde.zip": "kan ikke leses",
        "kurs/lean.md": "ny",
        "kurs/tom.md": "kan ikke leses",
    }
    rows = {each.path: each for each in holdings(assistant, {"kurs/tom.md": "filen er tom"})}
    assert "i går" in rows["klynge/gammel.md"].remarks[0]
    assert rows["kurs/tom.md"].remarks == ("filen er tom",)
    robot = rows["katapult/robotcelle.md"]
    assert (robot.pages, robot.passages > 0, robot.properties.example) == (1, True, True)
    assert "2–4 uker" in preview(assistant, "katapult/robotcelle.md").pages[0].text


def test_the_filter_wants_every_word(small_assistant):
    rows = holdings(small_assistant, {})
    assert len(found_in(rows, "")) == 4
    assert [each.path for each in found_in(rows, "ROBOT eksempeldata")] == ["katapult/robotcelle.md"]
    assert [each.path for each in found_in(rows, "klyngerådgiver")] == ["klynge/nce-manufacturing.md"]
    assert found_in(rows, "robot skattefunn") == []
