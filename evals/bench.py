"""Speed and memory over corpus/, each figure measured in this run: python evals/bench.py [--benchmarks FOLDER].

Prints Markdown tables. With a folder of benchmarks, retrieval is measured too, ours and peers' (evals/retrieval.py).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings, Switch

ROOT = Path(__file__).parent.parent
QUESTIONS = (
    "Hvor mange bedrifter er med i NCE Manufacturing?",
    "Hvor stor er Læringsfabrikken?",
    "Hva er dagsprisen på metallprinteren?",
    "Hvor mye støtte gir SkatteFUNN?",
    "Kan eg ta éin modul i Manufacturing 4.0?",
    "Who can use the catapult centre?",
    "Hva er forskjellen på parken og klyngen?",
    "Vi vil teste en samarbeidende robot før vi kjøper. Hvem snakker vi med?",
)
ROUNDS = 12
PORT = 7997


def raufoss(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    command = [
        sys.executable,
        "-m",
        "raufoss_assistant.cli",
        *arguments,
        "--corpus",
        str(ROOT / "corpus"),
        "--data",
        str(data),
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True)


def row(name: str, value: str) -> None:
    """A row of the table."""
    print(f"| {name} | {value} |", flush=True)


def percentiles(seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    middle, high = np.percentile(np.array(seconds) * 1000, [50, 95])
    return f"{middle:.0f} ms, p95 {high:.0f} ms"


def indexing(data: Path) -> None:
    """A first and a second indexing."""
    first = json.loads(raufoss("index", "--json", data=data).stdout)
    second = json.loads(raufoss("index", "--json", data=data).stdout)
    rate = first["chunks"] / first["seconds"]
    row(
        "first indexing",
        f"{len(first['files'])} files, {first['chunks']} passages, {first['seconds']:.1f} s ({rate:.0f} passages/s)",
    )
    row("second indexing", f"{second['documents']['unchanged']} unchanged, {second['seconds']:.1f} s")


def cold(data: Path) -> None:
    """A question from a new process, three times."""
    seconds = []
    for question in QUESTIONS[:3]:
        began = time.perf_counter()
        raufoss("ask", question, "--json", data=data)
        seconds.append(time.perf_counter() - began)
    row("cold `raufoss ask`, slowest of 3", f"{max(seconds):.1f} s")


def warm(data: Path, reader: Switch) -> None:
    """Searches and questions in a process that has everything loaded; no question is asked twice in the same words."""
    assistant = Assistant(Settings(corpus_dir=ROOT / "corpus", data_dir=data, reader=reader))
    stages: dict[str, list[float]] = {"retrieval": [], "total": []}
    records = []
    for turn in range(ROUNDS + 1):
        for question in QUESTIONS:
            timings = assistant.ask(f"{question} ({turn})").timings_ms
            if turn and not timings["retrieval"]:
                records.append(timings["total"] / 1000)
            elif turn:
                for stage, seconds in stages.items():
                    seconds.append(timings[stage] / 1000)
    assistant.close()
    row(f"warm retrieval, reader {reader}", percentiles(stages["retrieval"]))
    row(f"warm answer, retrieval included, reader {reader}", percentiles(stages["total"]))
    if records:
        row("warm answer from records", percentiles(records))


def serving(data: Path) -> None:
    """Time until the chat answers, and its peak memory after questions over HTTP."""
    environment = os.environ | {"RAUFOSS_CORPUS_DIR": str(ROOT / "corpus"), "RAUFOSS_DATA_DIR": str(data)}
    began = time.perf_counter()
    command = [sys.executable, "-m", "raufoss_assistant.cli", "serve", "--port", str(PORT)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            while time.perf_counter() - began < 60:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=5).read()
                    break
                except OSError:
                    time.sleep(0.1)
            row("chat up after", f"{time.perf_counter() - began:.1f} s")
            for question in QUESTIONS * ROUNDS:
                body = json.dumps({"question": question}).encode()
                request = urllib.request.Request(
                    f"http://127.0.0.1:{PORT}/api/ask", body, {"Content-Type": "application/json"}
                )
                urllib.request.urlopen(request, timeout=60).read()
            status = Path(f"/proc/{server.pid}/status").read_text("ascii")
            peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
            row(
                f"peak memory while serving, after {len(QUESTIONS) * ROUNDS} questions",
                f"{int(peak) / 1024 / 1024:.2f} GB",
            )
        finally:
            server.terminate()


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--benchmarks", type=Path, help="folder that holds norquad/, lovdata_nn/, norsumm_nb_nn/")
    given = arguments.parse_args()
    print(f"| figure ({os.cpu_count()} cores) | measured |\n| --- | --- |", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        indexing(data)
        cold(data)
        warm(data, "on")
        warm(data, "off")
        serving(data)
    if given.benchmarks:
        print(flush=True)
        subprocess.run(
            [sys.executable, ROOT / "evals/retrieval.py", "--benchmarks", given.benchmarks], check=True, cwd=ROOT
        )


if __name__ == "__main__":
    main()
