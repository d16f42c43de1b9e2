import json
from dataclasses import replace
from html import unescape

import pytest

from conversations import talk
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import UsageError
from raufoss_assistant.web import saved as module
from raufoss_assistant.web.saved import Savings

SIZE, SHARE = "Hvor stor er Læringsfabrikken?", "Hvor mange prosent gir SkatteFUNN?"


@pytest.fixture(scope="module")
def conversation(small_assistant):
    return talk(small_assistant, SIZE, SHARE)


@pytest.fixture
def savings(small_assistant):
    return Savings(small_assistant)


def test_a_conversation_comes_back_as_it_was_but_old(savings, conversation):
    opened = savings.opened(savings.packed(conversation))
    assert [each.asked for each in opened] == [SIZE, SHARE]
    for now, before in zip(opened, conversation, strict=True):
        assert (now.answer, now.at, now.exchange) == (before.answer, before.at, before.exchange)
        assert now.old and not before.old
        assert now.number != before.number


def test_the_browser_gets_a_title_a_time_and_the_sealed_rest(savings, conversation):
    kept = savings.for_browser(conversation)
    told = json.loads(unescape(kept.removeprefix("<pre>").removesuffix("</pre>")))
    assert told == {"title": SIZE, "time": conversation[-1].at.isoformat(), "sealed": savings.packed(conversation)}
    assert savings.for_browser(()) == ""


def test_a_title_is_no_html_and_not_long(savings, conversation):
    asked = "<script>alert(1)</script> " + "å" * 500
    kept = savings.for_browser((replace(conversation[0], asked=asked),))
    assert kept.count("<") == 2
    assert len(json.loads(unescape(kept[5:-6]))["title"]) < 90


def test_only_the_latest_are_kept_and_as_many_as_there_is_room_for(savings, conversation, monkeypatch):
    assert len(savings.unpacked(savings.packed(conversation * 40))) == 40
    monkeypatch.setattr(module, "LONGEST_SEALED", len(savings.packed(conversation)) - 1)
    (last,) = savings.unpacked(savings.packed(conversation))
    assert last.asked == SHARE


def test_what_was_packed_by_another_version_is_told(savings):
    for content in (b"", b"{}", b'[{"asked": "Hva?"}]', b"\xff"):
        with pytest.raises(UsageError, match="kan ikke åpnes"):
            savings.opened(savings._seal.sealed(content))


def test_an_answer_whose_document_is_changed_or_gone_is_not_shown(settings):
    assistant = Assistant(settings)
    assistant.build()
    packed = Savings(assistant).packed(talk(assistant, SIZE, SHARE))
    file = settings.corpus_dir / "klynge" / "laeringsfabrikken.md"
    file.write_text(file.read_text("utf-8").replace("1 500", "1 800"), "utf-8")
    assistant.build()
    changed, whole = Savings(assistant).opened(packed)
    assert "Dokumentene er endret siden jeg svarte på dette" in changed.shown
    assert "500" not in changed.shown and changed.answer.citations == ()
    assert "19 prosent" in whole.shown
    (settings.corpus_dir / "finansiering" / "skattefunn.md").unlink()
    assistant.build()
    assert all(each.answer.citations == () for each in Savings(assistant).opened(packed))
    assistant.close()


def test_sources_are_shown_with_what_is_known_of_them_today(settings):
    assistant = Assistant(settings)
    assistant.build()
    packed = Savings(assistant).packed(talk(assistant, SIZE))
    file = settings.corpus_dir / "klynge" / "laeringsfabrikken.md"
    file.write_text(file.read_text("utf-8").replace("date: 2024-02-06", "date: 2025-03-01"), "utf-8")
    assistant.build()
    (opened,) = Savings(assistant).opened(packed)
    assert opened.answer.citations[0].properties.date.isoformat() == "2025-03-01"
    assistant.close()


def test_where_nothing_can_be_sealed_the_answer_is_given_all_the_same(conversation, small_assistant, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    savings = Savings(small_assistant)
    savings._seal._file = tmp_path / "file" / "samtaler.key"
    assert savings.for_browser(conversation) == ""
    assert "could not be sealed" in caplog.text
