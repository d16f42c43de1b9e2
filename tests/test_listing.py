import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from raufoss_assistant.model import Answer
from raufoss_assistant.web.history import Answered
from raufoss_assistant.web.listing import ListTools, links


def answered(*filters, listed=True):
    asked = "Hvilke tjenester dekker TRL 4?"
    answer = Answer(asked, asked, "answered", "…", "nb", "extractive", 0.9, filters=filters)
    return Answered(0, asked, answer, None, None, listed=listed)


def test_nothing_is_shown_without_a_list():
    for each in (None, answered(listed=False)):
        row, boxes, files = ListTools.shown(each)
        assert not row["visible"]
        assert not boxes["visible"]
        assert files == ""


def test_a_filter_that_was_taken_off_stays_to_be_put_back():
    row, boxes, files = ListTools.shown(answered("TRL: 4", "deltid"), off=["deltid"])
    assert row["visible"]
    assert boxes["choices"] == ["TRL: 4", "deltid"]
    assert boxes["value"] == ["TRL: 4"]
    assert "uten=deltid" in files


def test_links_carry_the_question_whatever_is_in_it():
    question = 'TRL 4 & "pris" <b>under</b> 5 000 kr?'
    hrefs = re.findall(r'href="([^"]+)"', links(question, ["Pris: under 5 000"]))
    assert [urlsplit(href).path for href in hrefs] == ["/liste.csv", "/liste.xlsx"]
    for href in hrefs:
        query = parse_qs(urlsplit(unescape(href)).query)
        assert query == {"q": [question], "uten": ["Pris: under 5 000"]}
    assert "<b>" not in links(question, [])
