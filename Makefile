# make chat   installs all, indexes corpus/ and opens the chat
# make test   installs all and runs every test
PYTHON ?= python3
BIN := .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: chat index test check eval bench corpus pictures browser

chat: index
	$(BIN)/python app.py

index: .venv/.installed
	$(BIN)/raufoss index

test: .venv/.installed-dev browser
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# The questions tagged «grunnprøve» beside the kept run: fails where a figure fell by more than its noise
eval: index
	$(BIN)/raufoss eval --tag grunnprøve --baseline evals/grunnprove.json

check: .venv/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_readme.py tests/test_cli.py
	$(BIN)/python scripts/make_corpus.py --check

# BENCHMARKS=folder adds the retrieval tables, ours and peers', measured on the question sets in that folder
bench: .venv/.installed-bench
	$(BIN)/python evals/bench.py $(if $(BENCHMARKS),--benchmarks $(BENCHMARKS))

# The pictures in docs/bilder, taken anew
pictures: index browser .venv/.installed-dev
	$(BIN)/python scripts/pictures.py

corpus: .venv/.installed-dev
	$(BIN)/python scripts/make_corpus.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo 'Trenger Python 3.11, 3.12 eller 3.13. Velg en med: make PYTHON=python3.11 …'; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python pyproject.toml constraints.txt
	$(INSTALL) -e .
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(INSTALL) -e .[dev]
	@touch $@

.venv/.installed-bench: .venv/.installed-dev
	$(INSTALL) -e .[dev,bench]
	@touch $@

# The browser tests need Chromium; where it is missing and can be installed, it is, else they skip and say why.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
			&& { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1; } \
		|| echo 'Chromium mangler og kunne ikke installeres: nettlesertestene hoppes over.'
