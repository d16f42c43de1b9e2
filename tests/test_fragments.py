from evaluation_rows import row
from raufoss_assistant.feedback.model import Exchange
from raufoss_assistant.web.staff.fragments import answer, fragment
from test_log import EXCHANGE


def test_a_fragment_is_one_line_with_all_values_escaped():
    given = Exchange(
        **{name: getattr(EXCHANGE, name) for name in Exchange.__dataclass_fields__} | {"model": "<b>m\n\nn"}
    )
    html = fragment("answer.html.j2", title="<i>Svaret</i>", given=given)
    assert "\n" not in html
    assert "&lt;i&gt;Svaret" in html
    assert "<b>" not in html
    assert "«Læringsfabrikken er 1 500 kvadratmeter stor.»" in html


def test_an_answer_keeps_its_bold_its_lists_and_its_tables_and_nothing_else():
    html = answer("**1 500** [1]\n\n| a | b |\n| --- | --- |\n| c | d |\n\n<img src=x onerror=alert(1)>")
    assert "<strong>1\u202f500</strong> [1]" in html
    assert "<td>d</td>" in html
    assert "<img" not in html
    assert "<img" not in answer("![x](https://evil.example/a.png)")
    assert "<a" not in answer("[her](javascript:alert(1)) <https://evil.example>")


def test_thousands_stay_on_one_line():
    html = fragment("answer.html.j2", title="", given=EXCHANGE)
    assert "1\u202f500 kvadratmeter" in html


def test_the_parts_of_the_report_are_at_hand():
    standing = fragment("eval_standing.html.j2", tone="merk", lines=[row().question.id])
    assert standing == '<div class="melding merk"> <p>Q1</p></div>'
