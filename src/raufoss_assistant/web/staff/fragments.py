"""Pieces of the staff pages as HTML for Gradio's Markdown, from the templates beside this module."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup

from raufoss_assistant.evaluation import labels, report
from raufoss_assistant.web.panel import unbroken

_BREAKS = re.compile(r"[ \t\r]*\n[ \t\r\n]*")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link", "autolink"])


def fragment(template: str, **values: object) -> str:
    """A template with values, all of them escaped, on one line: a blank line would let Markdown in.

    Example:
        >>> fragment("answer.html.j2", title="Svaret i dag", given=exchange)
        '<section class="svar"><h3>Svaret i dag</h3> …'
    """
    return _BREAKS.sub(" ", _environment().get_template(template).render(values)).strip()


def answer(text: str) -> Markup:
    r"""The text of an answer of ours as HTML, its tables and bold too, without links, pictures and HTML of others.

    Example:
        >>> answer("**1 500** <b>")
        Markup('<p><strong>1\u202f500</strong> &lt;b&gt;</p>\n')
    """
    return Markup(_MARKDOWN.render(unbroken(text)))  # noqa: S704 - markdown-it escapes what is no Markdown


@cache
def _environment() -> Environment:
    made = report.environment(Path(__file__).parent)
    made.filters["answer"] = answer
    made.globals["labels"] = labels
    return made
