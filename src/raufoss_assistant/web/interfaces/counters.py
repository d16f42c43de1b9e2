"""What happens at the server as figures for Prometheus: how many, how fast, how much is indexed. Never who or what."""

from __future__ import annotations

import time
from collections import Counter as Tally
from collections.abc import Iterable
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.model import Answer
from raufoss_assistant.web.protection import listed

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_ELSEWHERE = "annet"


class Counters:
    """Counts the requests and answers of one server. Safe to share between threads.

    Example:
        >>> counters = Counters(assistant)
        >>> counters.answered(assistant.ask("Hvor stor er Læringsfabrikken?"))
        >>> 'raufoss_answers_total{responder="extractive",status="answered"} 1.0' in counters.text()
        True
    """

    def __init__(self, assistant: Assistant) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # when each was first counted helps nobody
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "raufoss_requests",
            "Forespørsler etter adresse og statuskode.",
            ["route", "status"],
            registry=self._registry,
        )
        self._answers = Counter(
            "raufoss_answers", "Svar etter utfall og hvordan de er laget.", ["status", "responder"],
            registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "raufoss_answer_seconds", "Tid per steg i et svar, i sekunder.", ["stage"], buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self._registry.register(_State(assistant))

    def answered(self, answer: Answer) -> None:
        """Count an answer that somebody was given, and the time that each of its stages took."""
        self._answers.labels(answer.status, answer.responder).inc()
        for stage, milliseconds in answer.timings_ms.items():
            self._seconds.labels(stage).observe(milliseconds / 1000)

    def requested(self, path: str, status: int) -> None:
        """Count a request; an address that is not listed in `protection` counts as «annet»."""
        self._requests.labels(listed(path) or _ELSEWHERE, str(status)).inc()

    def text(self) -> str:
        """All figures, as Prometheus reads them."""
        return generate_latest(self._registry).decode()


class Counting:
    """ASGI middleware that counts each request with the status of its response; to be the outermost.

    Example:
        >>> app = FastAPI()
        >>> app.add_middleware(Counting, counters=Counters(assistant))
    """

    def __init__(self, app: ASGIApp, counters: Counters) -> None:
        self._app = app
        self._counters = counters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note what is answered; what breaks without an answer becomes a 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._counters.requested(scope["path"], status)


class _State:
    """What is read when somebody looks: index, feedback, version, uptime."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._feedback = FeedbackLog(assistant.settings.data_dir)
        self._began = time.monotonic()

    def describe(self) -> Iterable[Metric]:
        """Nothing: what there is, is not looked up only to be registered."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """The figures as they are now; those of an index or a log that cannot be read are left out."""
        yield InfoMetricFamily("raufoss", "Versjonen som kjører.", {"version": version("raufoss-assistant")})
        yield GaugeMetricFamily(
            "raufoss_uptime_seconds", "Sekunder siden oppstart.", round(time.monotonic() - self._began, 3)
        )
        yield from self._index()
        yield from self._opinions()

    def _index(self) -> Iterable[Metric]:
        usable = GaugeMetricFamily("raufoss_index_usable", "1 når indeksen kan brukes, ellers 0.", 1)
        try:
            index = self._assistant.index()
        except RaufossError:
            yield GaugeMetricFamily(usable.name, usable.documentation, 0)
            return
        yield usable
        yield GaugeMetricFamily("raufoss_index_documents", "Dokumenter i indeksen.", len(index.properties))
        yield GaugeMetricFamily("raufoss_index_passages", "Utdrag i indeksen.", len(index.ids))

    def _opinions(self) -> Iterable[Metric]:
        try:
            found = Tally((entry.opinion.rating, entry.state) for entry in self._feedback.entries())
        except RaufossError:
            return
        family = GaugeMetricFamily("raufoss_feedback", "Lagrede tilbakemeldinger.", labels=["rating", "state"])
        for labels, number in sorted(found.items()):
            family.add_metric(labels, number)
        yield family
