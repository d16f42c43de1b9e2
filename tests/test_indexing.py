import pytest

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import IndexBusyError
from raufoss_assistant.index.store import writer
from raufoss_assistant.web.staff.indexing import Indexing, Watch


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_stage_is_told_with_the_time_that_is_left():
    clock = Clock()
    watch = Watch(clock)
    assert watch.told() == "Gjør klar …"
    watch.stage("Leser dokumenter", 40)
    assert watch.told() == "Leser dokumenter: 0 av 40"
    clock.now = 10
    watch.advance(10)
    assert watch.told() == "Leser dokumenter: 10 av 40, om lag 30 sekunder igjen"
    clock.now = 200
    assert watch.told() == "Leser dokumenter: 10 av 40, om lag 10 minutter igjen"
    watch.advance(30)
    assert watch.told() == "Leser dokumenter: 40 av 40"
    watch.stage("Regner ut vektorer", 0)
    assert watch.told() == "Regner ut vektorer …"


def test_an_indexing_tells_how_far_it_has_come_and_remembers_what_failed(settings):
    assistant = Assistant(settings)
    (settings.corpus_dir / "klynge" / "tom.md").write_text("")
    indexing = Indexing(assistant)
    *steps, report = indexing.run()
    assert steps and all(isinstance(step, str) for step in steps)
    assert (report.count("added"), report.count("failed")) == (4, 1)
    assert indexing.failed == {"klynge/tom.md": "filen er tom"}
    (settings.corpus_dir / "klynge" / "tom.md").unlink()
    list(indexing.run())
    assert indexing.failed == {}
    assistant.close()


def test_a_second_indexing_at_once_is_refused(settings):
    with writer(settings.data_dir), pytest.raises(IndexBusyError, match="En annen indeksering er i gang"):
        list(Indexing(Assistant(settings)).run())


def test_an_indexing_goes_on_when_nobody_listens_any_more(settings):
    assistant = Assistant(settings)
    steps = Indexing(assistant).run()
    next(steps)
    steps.close()
    assert len(assistant.index().properties) == 4
    assistant.close()
