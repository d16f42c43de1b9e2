import io

from raufoss_assistant.progress import Bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def drawn(monkeypatch, stream):
    monkeypatch.setattr("sys.stderr", stream)
    with Bar() as bar:
        bar.advance()
        bar.stage("Leser dokumenter", 2)
        bar.advance()
        bar.stage("Regner ut vektorer", 4)
        bar.advance(4)
    return stream.getvalue()


def test_a_terminal_gets_a_bar_for_each_stage(monkeypatch):
    seen = drawn(monkeypatch, Terminal())
    assert "Leser dokumenter" in seen
    assert "Regner ut vektorer" in seen
    assert "igjen" in seen


def test_a_pipe_gets_nothing(monkeypatch):
    assert drawn(monkeypatch, io.StringIO()) == ""
