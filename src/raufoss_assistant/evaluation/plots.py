"""The plots of the report: SVG that is the same for the same run, and readable in grey."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from html import escape
from typing import Any, ParamSpec

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from raufoss_assistant.evaluation.labels import KINDS, PHASES, STAGES, decimal, hundreds, short_moment
from raufoss_assistant.evaluation.model import Estimate, Row, Run
from raufoss_assistant.evaluation.shares import refused, right, share

DARK, MIDDLE, PALE, LIGHT, EDGE, INK = "#134e4a", "#0f766e", "#2ba597", "#a7d8d1", "#94a3b8", "#1e293b"
WIDTH = 4.8
"""Inches; narrow, so that the letters can be read on a telephone too."""
BINS = 10
RUNS = 12
"""The trend shows the newest ones."""
STYLE = {
    "svg.hashsalt": "raufoss",
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": EDGE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": "#e2e8f0",
    "xtick.color": EDGE,
    "ytick.color": EDGE,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
}
WHISKER = {"ecolor": INK, "elinewidth": 1.1, "capsize": 3}

_Data = ParamSpec("_Data")


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot with its title, a sentence on how to read it, and its SVG; "" where there is nothing to draw.

    Example:
        >>> Plot("Utvikling", "Dette er den første kjøringen.", "").svg
        ''
    """

    title: str
    text: str
    svg: str


def plots(run: Run, earlier: Sequence[Run]) -> tuple[Plot, ...]:
    """All plots of a run; the earlier runs, in any order, are for the trend."""
    return (
        right_by_kind(run.rows),
        stages(run.rows),
        latency(run.performance),
        calibration(run.rows),
        trend((*sorted(earlier, key=lambda each: each.fingerprint.date), run)),
    )


def _styled(draw: Callable[_Data, Plot]) -> Callable[_Data, Plot]:
    """Draw in our style, and leave matplotlib's own as it was."""

    @wraps(draw)
    def drawn(*data: _Data.args, **named: _Data.kwargs) -> Plot:
        with mpl.rc_context(STYLE):
            return draw(*data, **named)

    return drawn


@_styled
def right_by_kind(rows: Sequence[Row]) -> Plot:
    """Share right per kind of question."""
    title = "Andel riktige, etter type spørsmål"
    shares = {KINDS[kind].name: share(row.ok for row in rows if row.question.kind == kind) for kind in KINDS}
    found = {name: estimate for name, estimate in shares.items() if estimate}
    figure, axes = _canvas(max(0.8 + 0.32 * len(found), 1.5))  # so that the name of the axis fits
    names = [f"{name} (n = {estimate.n})" for name, estimate in found.items()]
    _bars(axes, names, [100 * estimate.value for estimate in found.values()], list(found.values()))
    for place, estimate in enumerate(found.values()):
        axes.text(103, place, f"{hundreds(estimate.value)} %", va="center", fontweight="bold")
    _percent(axes.xaxis)
    axes.set(xlim=(0, 100), xlabel="Andel riktige", ylabel="Type spørsmål")
    said = ", ".join(f"{name} {hundreds(each.value)} % av {each.n}" for name, each in found.items())
    return Plot(
        title,
        "Streken viser 95 %-intervallet: så mye kan andelen skyldes hvilke spørsmål som tilfeldigvis er med. "
        "n er antall spørsmål.",
        _svg(figure, "kinds", f"{title}: {said}."),
    )


@_styled
def stages(rows: Sequence[Row]) -> Plot:
    """How many answers went wrong at each stage."""
    title = "Hvor det gikk galt"
    counts = Counter(row.stage for row in rows if row.stage)
    if not counts:
        return Plot(title, "Ingen svar gikk galt.", "")
    figure, axes = _canvas(0.8 + 0.32 * len(STAGES))
    _bars(axes, [label.name for label in STAGES.values()], [counts[stage] for stage in STAGES])
    for place, stage in enumerate(STAGES):
        axes.annotate(f"{counts[stage]}", (counts[stage], place), (4, 0), textcoords="offset points", va="center")
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set(xlim=(0, 1.1 * max(counts.values())), xlabel="Antall spørsmål", ylabel="Ledd")
    said = ", ".join(f"{STAGES[stage].name} {counts[stage]}" for stage in STAGES if counts[stage])
    return Plot(
        title,
        "Leddene står i den rekkefølgen et spørsmål går gjennom dem. Hver feil telles der den oppsto først.",
        _svg(figure, "stages", f"{title}: {said}."),
    )


@_styled
def calibration(rows: Sequence[Row]) -> Plot:
    """Share of questions with an answer in the documents, by the assistant's confidence in that."""
    title = "Kan vi stole på hvor sikker assistenten er?"
    bins: dict[int, list[Row]] = {}
    for row in rows:
        bins.setdefault(min(int(BINS * row.confidence), BINS - 1), []).append(row)
    points = [
        (100 * (place + 0.5) / BINS, 100 * float(np.mean([row.confidence for row in inside])), estimate)
        for place, inside in sorted(bins.items())
        if (estimate := share(row.question.status != "not_found" for row in inside))
    ]
    if len({row.question.status == "not_found" for row in rows}) < 2:
        return Plot(title, "Det trengs både spørsmål som har svar, og spørsmål som ikke har det, for å se dette.", "")
    figure, axes = _canvas(3.6)
    middles, sure, shares = zip(*points, strict=True)
    axes.plot((0, 100), (0, 100), color=EDGE, linestyle=(0, (4, 3)))
    axes.errorbar(sure, [100 * each.value for each in shares], _reach(shares), fmt="o", color=MIDDLE, **WHISKER)
    for middle, estimate in zip(middles, shares, strict=True):
        axes.text(middle, 108, f"{estimate.n}", ha="center", va="center", fontsize=8.5)
    axes.text(-3, 108, "n", ha="right", va="center", fontsize=8.5, fontstyle="italic")
    axes.set_xticks(range(0, 101, 100 // BINS), minor=True)
    _percent(axes.xaxis)
    _percent(axes.yaxis)
    axes.grid(visible=True)
    axes.set(xlim=(0, 100), ylim=(0, 103), ylabel="Andel som har svar i dokumentene")
    axes.set_xlabel("Hvor sikker assistenten var på at dokumentene svarer")
    said = "; ".join(
        f"{hundreds(x / 100)} % sikker: {hundreds(each.value)} % av {each.n}"
        for x, each in zip(sure, shares, strict=True)
    )
    return Plot(
        title,
        "Når assistenten er 80 % sikker, bør 80 av 100 slike spørsmål ha svar i dokumentene; da ligger punktet på den "
        "stiplede linjen. Over linjen er den for forsiktig, under er den for sikker. Strekene viser 95 %-intervallet, "
        "tallene øverst er antall spørsmål (n).",
        _svg(figure, "confidence", f"{title} {said}."),
    )


@_styled
def latency(performance: Mapping[str, float]) -> Plot:
    """Median and 95th percentile of the time that each stage takes."""
    title = "Svartid"
    timed = [name.removesuffix("_p50_ms") for name in performance if name.endswith("_p50_ms")]
    timed = [name for name in timed if f"{name}_p95_ms" in performance]
    if not timed:
        return Plot(title, "Tidene ble ikke målt i denne kjøringen.", "")
    timed.sort(key=lambda name: (list(PHASES).index(name) if name in PHASES else -1, name))
    half = [performance[f"{name}_p50_ms"] for name in timed]
    most = [performance[f"{name}_p95_ms"] for name in timed]
    figure, axes = _canvas(1.25 + 0.62 * len(timed))
    places = np.arange(len(timed))
    for shift, values, label, look in (
        (-0.19, half, "Halvparten går fortere enn dette (p50)", {"color": MIDDLE}),
        (0.19, most, "95 av 100 går fortere enn dette (p95)", {"color": LIGHT, "hatch": "///", "edgecolor": DARK}),
    ):
        axes.barh(places + shift, values, 0.36, label=label, linewidth=0.6, **look)
        for place, value in zip(places + shift, values, strict=True):
            axes.annotate(_ms(value), (value, place), (4, 0), textcoords="offset points", va="center")
    axes.set_yticks(places, [PHASES.get(name, name) for name in timed])
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal(value, 0)))
    axes.set(xlim=(0, 1.25 * max(*most, *half)), xlabel="Millisekunder", ylabel="Ledd")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.35, 1), borderaxespad=0.2)
    said = ", ".join(
        f"{PHASES.get(name, name)} {_ms(performance[f'{name}_p50_ms'])}, p95 {_ms(performance[f'{name}_p95_ms'])}"
        for name in timed
    )
    return Plot(
        title, "Tidene er ikke de samme fra maskin til maskin.", _svg(figure, "latency", f"{title} i ms, p50: {said}.")
    )


@_styled
def trend(runs: Sequence[Run]) -> Plot:
    """Share right and share refused over runs, oldest first; the last one is the run reported on."""
    title = "Utvikling"
    if len(runs) < 2:
        return Plot(title, "Dette er den første kjøringen. Etter neste kjøring vises utviklingen her.", "")
    shown, questions = runs[-RUNS:], runs[-1].fingerprint.questions
    if not any(right(run.rows) or refused(run.rows) for run in shown):
        return Plot(title, "Det trengs spørsmål som har svar, eller spørsmål som ikke har det, for å se dette.", "")
    figure, axes = _canvas(3.4)
    for measure, shift, label, look in (
        (right, -0.04, "Riktig svar, når svaret finnes", {"color": DARK, "marker": "o", "linestyle": "-"}),
        (refused, 0.04, "Sa fra, når svaret ikke finnes", {"color": PALE, "marker": "s", "linestyle": "--"}),
    ):
        points = [(place + shift, run, found) for place, run in enumerate(shown) if (found := measure(run.rows))]
        if not points:
            continue
        places, values = [point[0] for point in points], [100 * point[2].value for point in points]
        axes.errorbar(
            places,
            values,
            _reach([point[2] for point in points]),
            label=label,
            **look,
            **WHISKER | {"ecolor": look["color"]},
        )
        other = [place for place, run, _ in points if run.fingerprint.questions != questions]
        inner = [values[places.index(place)] for place in other]
        axes.plot(other, inner, look["marker"], color="white", markersize=3.4, zorder=3)
    axes.set_xticks(range(len(shown)), [short_moment(run.fingerprint.date) for run in shown])
    axes.tick_params(axis="x", rotation=40 if len(shown) > 4 else 0)
    _percent(axes.yaxis)
    axes.grid(visible=True, axis="y")
    axes.set(xlim=(-0.4, len(shown) - 0.6), ylim=(0, 103), xlabel="Kjøring", ylabel="Andel")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
    text = "Strekene viser 95 %-intervallet."
    if any(run.fingerprint.questions != questions for run in shown):
        text += " Hule punkter er kjøringer med andre spørsmål; de kan ikke sammenlignes rett med resten."
    now = [
        f"{label} {hundreds(found.value)} %"
        for label, found in (("riktige", right(runs[-1].rows)), ("avvist", refused(runs[-1].rows)))
        if found
    ]
    return Plot(title, text, _svg(figure, "trend", f"{title} over {len(shown)} kjøringer; i siste: {', '.join(now)}."))


def _canvas(height: float) -> tuple[Any, Any]:
    """A figure and its axes; without pyplot, which keeps figures for the whole process."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    FigureCanvasSVG(figure)
    return figure, figure.add_subplot()


def _bars(axes: Any, names: Sequence[str], values: Sequence[float], estimates: Sequence[Estimate] = ()) -> None:
    axes.barh(names, values, height=0.62, color=MIDDLE)
    if estimates:
        axes.errorbar(values, names, xerr=_reach(estimates), fmt="none", **WHISKER)
    axes.grid(visible=True, axis="x")
    axes.invert_yaxis()


def _reach(estimates: Sequence[Estimate]) -> list[list[float]]:
    """How far the intervals go below and above, in per cent."""
    return [
        [max(100 * (each.value - each.low), 0.0) for each in estimates],
        [max(100 * (each.high - each.value), 0.0) for each in estimates],
    ]


def _percent(axis: Any) -> None:
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f} %"))


def _ms(milliseconds: float) -> str:
    return decimal(milliseconds, 0 if milliseconds >= 10 else 1)


def _svg(figure: Any, name: str, description: str) -> str:
    """The figure as an SVG element to stand in a page: nothing from outside, ids that no other plot has."""
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    svg = drawn.getvalue()
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg[svg.index("<svg") :], count=1, flags=re.DOTALL)
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\1{name}-", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)
