from dataclasses import replace

from evaluation_rows import MARK, made, question, row
from raufoss_assistant.evaluation.gate import compare
from raufoss_assistant.evaluation.terminal import compared, failed, table, told

RUN = made(
    [
        row(question("Q1"), judged={"faithfulness": 0.5}),
        row(question("Q2"), ok=False, stage="not_ranked", suspicions=("dokumentet «a.md» finnes ikke i indeksen",)),
        row(question("Q3", "liste"), ok=False, stage="not_answered"),
    ]
)


def test_figures_kinds_stages_and_suspicions():
    figures, rest = list(told(RUN))[:4], list(told(RUN))[4:]
    assert [line.split()[-3:] for line in figures[1:3]] == [
        ["0,333", "0,000–1,000", "3"],
        ["0,500", "0,500–0,500", "1"],
    ]
    assert figures[1].startswith("Riktige svar")
    assert rest == [
        "Type   riktige  av",
        "fakta        1   2",
        "liste        0   1",
        "",
        "Hvor det gikk galt                  antall",
        "Hentet, men for langt nede               1",
        "Leste riktig sted, men svarte feil       1",
        "",
        "Hele kjøringen: 2 sekunder.",
        "",
        "Se på fasiten:",
        "- Q2: dokumentet «a.md» finnes ikke i indeksen.",
        "",
    ]


def test_time_per_stage_and_memory():
    timed = {"retrieval_p50_ms": 12.4, "retrieval_p95_ms": 31.0, "total_p50_ms": 1207.0, "total_p95_ms": 1556.4}
    run = replace(RUN, performance={**timed, "seconds": 275.2, "peak_rss_mb": 652.7})
    assert list(told(run))[-9:-4] == [
        "Svartid (ms)          p50    p95",
        "Søke i dokumentene     12     31",
        "I alt               1\u202f207  1\u202f556",
        "",
        "Hele kjøringen: 275 sekunder. Mest minne i bruk: 653 MB.",
    ]


def test_what_a_language_model_wrote():
    run = replace(RUN, performance={"seconds": 3.0, "model_tokens_in": 12_400.0, "model_dropped": 2.0})
    shown = "\n".join(told(run))
    assert "Tokens til språkmodellen: 12\u202f400." in shown and "Setninger som ble strøket: 2." in shown


def test_a_comparison_that_fails():
    before = made([row(question(f"Q{n}")) for n in range(7)])
    after = made(
        [row(question(f"Q{n}"), ok=n == 0) for n in range(7)] + [row(question("Q9"))], replace(MARK, commit="d")
    )
    comparison = compare(before, after)
    assert list(compared(comparison)) == [
        "Mot kjøringen 25. november 2026 kl. 04.20: 0 vunnet, 6 tapt, 1 som før, 1 kan ikke sammenlignes.",
        "- Koden er ikke den samme: abc før, d nå.",
    ]
    assert failed(comparison) == (
        "Dårligere enn grunnlaget: Riktige svar (right) fra 1,000 til 0,143. Tapte spørsmål: Q1, Q2, Q3, Q4, Q5, Q6."
    )


def test_a_table():
    assert list(table(("Type", "av"), [("fakta", "133")])) == ["Type    av", "fakta  133"]
