"""Question sets in YAML: a list of rows; added to as text, so that comments and layout stay."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Mapping

import yaml

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.entries import Entries, Entry, key_of, unknown
from raufoss_assistant.evaluation.fields import BY_KEY

_NULL = "tag:yaml.org,2002:null"


class _Loader(yaml.SafeLoader):
    """Reads plain words and numbers as the text they are: «no», 60 and 2024-02-06; only null is nothing."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as in its parent
        first: [(tag, pattern) for tag, pattern in resolvers if tag == _NULL]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read(data: bytes) -> Entries:
    """The rows of a file.

    Raises:
        UsageError: it is not YAML, or no list.
    """
    problems: list[str] = []
    rows = []
    for number, (line, row, names) in enumerate(_parsed(data)[1], 1):
        id_ = row.get("id") if isinstance(row, dict) else None
        place = f"rad {number} ({id_}, linje {line})" if isinstance(id_, str) else f"rad {number} (linje {line})"
        if not isinstance(row, dict):
            problems.append(f"{place}: må være felt på formen «question: tekst»")
            continue
        twice = [name for name in row if names.count(name) > 1]
        problems += [f"{place}: feltet «{name}» står to ganger; slå dem sammen" for name in twice]
        problems += [f"{place}: feltet {unknown(str(name), list(BY_KEY))}" for name in row if not key_of(str(name))]
        rows.append(Entry(number, place, {key: value for name, value in row.items() if (key := key_of(str(name)))}))
    return Entries(tuple(rows), "felt", dict(zip(BY_KEY, BY_KEY, strict=True)), tuple(problems))


def appended(data: bytes, rows: Iterable[Mapping[str, object]]) -> bytes:
    """The file with rows added at its end, indented as those it has.

    Args:
        data: the file.
        rows: values by key.

    Raises:
        UsageError: it cannot be read, or its list is written in brackets.
    """
    root, _ = _parsed(data)
    if root and root.flow_style:
        raise UsageError("er skrevet med klammer, [ … ]; skriv én rad under den andre, med «- » foran")
    indent = " " * (root.start_mark.column if root else 0)
    added = [yaml.safe_dump([dict(row)], allow_unicode=True, sort_keys=False, width=sys.maxsize) for row in rows]
    gap = b"" if not data else b"\n" if data.endswith(b"\n") else b"\n\n"
    return data + gap + textwrap.indent("\n".join(added), indent).encode()


def _parsed(data: bytes) -> tuple[yaml.SequenceNode | None, list[tuple[int, object, list[object]]]]:
    """The list of a file, None where it has no content, and of each item its line, its value and its keys in order.

    A key that is there twice is twice among the keys.
    """
    try:
        loader = _Loader(data.decode("utf-8-sig"))
        root = loader.get_single_node()
        items = [
            (
                node.start_mark.line + 1,
                loader.construct_object(node, deep=True),
                [loader.construct_object(key) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else [],
            )
            for node in (root.value if isinstance(root, yaml.SequenceNode) else ())
        ]
    except UnicodeDecodeError as error:
        raise UsageError("er ikke lagret som UTF-8; lagre den på nytt med tegnsettet UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" i linje {mark.line + 1}" if mark else ""
        raise UsageError(
            f"er ikke gyldig YAML{line}; sett tekst med kolon i anførselstegn, og se på innrykkene"
        ) from error
    if root is None or root.tag == _NULL:
        return None, []
    if not isinstance(root, yaml.SequenceNode):
        raise UsageError("må være en liste; hvert spørsmål begynner med «- »")
    return root, items
